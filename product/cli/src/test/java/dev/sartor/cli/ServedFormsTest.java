package dev.sartor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.core.AnswerForm;
import dev.sartor.core.Json;
import dev.sartor.core.Readers;
import dev.sartor.core.work.Progress;
import dev.sartor.generate.LanguageModel;
import dev.sartor.hub.Hub;
import dev.sartor.hub.cache.Caches;
import dev.sartor.hub.catalogue.Gate;
import dev.sartor.hub.environment.Use;
import dev.sartor.model.Precision;
import dev.sartor.serve.ServedModel;
import dev.sartor.serve.ServedModels;
import dev.sartor.serve.ServerSettings;
import dev.sartor.serve.server.Server;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/// What a client asks of an answer's form over HTTP, a real model keeps.
@Tag("models")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServedFormsTest {
    private final LanguageModel model =
            LanguageModel.open(
                    "smollm2-135m-instruct",
                    Hub.open(Caches.standard(), Use.COMMERCIAL, Gate.closed())
                            .pull("smollm2-135m-instruct", Progress.silent())
                            .folder(),
                    Precision.INT8,
                    Clock.systemUTC());
    private final Server server =
            Server.start(
                    ServerSettings.local(0),
                    new ServedModels(
                            Map.of(
                                    "m",
                                    new ServedModel(
                                            model.responder(),
                                            Readers.everyone(),
                                            new AnswerForm.FreeText(40))),
                            Map.of()));
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterAll
    void stop() {
        http.close();
        server.close();
        model.close();
    }

    @Test
    void aResponseFormatIsKept() throws Exception {
        var answer =
                chat(
                        """
                        "response_format": {"type": "json_schema", "json_schema": {"name": "yes", "schema":
                          {"type": "object", "required": ["sure"], "additionalProperties": false,
                           "properties": {"sure": {"type": "boolean"}}}}}\
                        """);
        var text = answer.at("/choices/0/message/content").stringValue();
        assertThat(Json.mapper().readTree(text).get("sure").isBoolean()).isTrue();
        assertThat(answer.at("/choices/0/finish_reason").stringValue()).isEqualTo("stop");
    }

    @Test
    void aGuidedExpressionIsKeptAndItsLogProbabilitiesAreTold() throws Exception {
        var answer =
                chat(
                        """
                        "guided_regex": "[A-F]{3}-[0-9]{3}", "logprobs": true, "top_logprobs": 2\
                        """);
        var text = answer.at("/choices/0/message/content").stringValue();
        assertThat(text).matches("[A-F]{3}-[0-9]{3}");
        var said = new StringBuilder();
        for (var token : answer.at("/choices/0/logprobs/content")) {
            said.append(token.get("token").stringValue());
            assertThat(token.get("logprob").doubleValue()).isLessThanOrEqualTo(0);
            assertThat(token.get("top_logprobs")).hasSize(2);
        }
        assertThat(said.toString()).isEqualTo(text);
    }

    @Test
    void stopTextsBesideAFormAreRefused() throws Exception {
        var answer = chat("\"guided_regex\": \"[a-z]+\", \"stop\": [\"q\"]");
        assertThat(answer.at("/error/message").stringValue()).startsWith("stop must be empty");
    }

    private JsonNode chat(String fields) throws Exception {
        var body =
                """
                {"model": "m", "messages": [{"role": "user", "content": "Are you sure?"}], %s}\
                """
                        .formatted(fields);
        var request =
                HttpRequest.newBuilder(server.url().resolve("/v1/chat/completions"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build();
        var reply = http.send(request, HttpResponse.BodyHandlers.ofString());
        return Json.mapper().readTree(reply.body());
    }
}
