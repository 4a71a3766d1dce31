package dev.sartor.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.core.AnswerForm;
import dev.sartor.core.Json;
import dev.sartor.core.Message;
import dev.sartor.core.Principal;
import dev.sartor.core.SartorException;
import dev.sartor.serve.server.Client;
import dev.sartor.serve.server.Server;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class ResponsesTest {
    private static final String PATH = "/v1/responses";

    private final CopyOnWriteArrayList<AuditEntry> kept = new CopyOnWriteArrayList<>();
    private final Echo echo = new Echo();
    private final Server server =
            Server.start(
                    ServerSettings.local(0).withPorts(ServerPorts.none().withAudit(kept::add)),
                    Served.chat(echo),
                    Clock.fixed(Instant.ofEpochSecond(1_700_000_000), ZoneOffset.UTC),
                    new Random(7));
    private final Client client = new Client(server);

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private Client.Reply ask(String more) {
        return client.post(PATH, "{\"model\": \"m\", \"input\": \"say it again\"" + more + "}");
    }

    private List<JsonNode> events(String more) {
        return Client.events(ask(", \"stream\": true" + more).text().lines());
    }

    @Test
    void aResponseHasTheShapeThatClientsExpect() {
        var reply =
                ask(
                        ", \"instructions\": \"be brief\", \"metadata\": {\"a\": \"b\"}, \"store\": false");
        var id = reply.header("x-request-id").orElseThrow();
        assertThat(reply.json())
                .isEqualTo(
                        Json.mapper()
                                .readTree(
                                        """
                                        {"id": "resp_%s", "object": "response", "created_at": 1700000000,
                                         "status": "completed", "model": "m", "error": null, "incomplete_details": null,
                                         "instructions": "be brief", "max_output_tokens": null,
                                         "output": [{"type": "message", "id": "msg_%s", "status": "completed",
                                           "role": "assistant", "content": [{"type": "output_text",
                                             "text": "say it again", "annotations": [], "logprobs": []}]}],
                                         "parallel_tool_calls": true, "previous_response_id": null, "store": false,
                                         "temperature": 0.0, "text": {"format": {"type": "text"}},
                                         "tool_choice": "auto", "tools": [], "top_p": 1.0, "truncation": "disabled",
                                         "usage": {"input_tokens": 3,
                                           "input_tokens_details": {"cached_tokens": 1, "cache_write_tokens": 0},
                                           "output_tokens": 3, "output_tokens_details": {"reasoning_tokens": 0},
                                           "total_tokens": 6},
                                         "user": null, "metadata": {"a": "b"}}
                                        """
                                                .formatted(id, id)));
        assertThat(echo.asked.element().messages())
                .containsExactly(Message.system("be brief"), Message.user("say it again"));
    }

    @Test
    void itIsAskedAsAChatCompletionIs() {
        ask(", \"max_output_tokens\": 4, \"temperature\": 0.5, \"top_p\": 0.25");
        var question = echo.asked.element();
        assertThat(question.form()).isEqualTo(new AnswerForm.FreeText(4));
        assertThat(question.sampling().temperature()).isEqualTo(0.5);
        assertThat(question.sampling().truncation().topP()).isEqualTo(0.25);
    }

    @Test
    void aConversationIsSentBackAsItWasAnswered() {
        var answer = ask("").json().at("/output/0").toString();
        var reply =
                client.post(
                        PATH,
                        """
                        {"model": "m", "input": [{"role": "developer", "content": "be brief"}, {"role": "user", "content": "a"}, %s,
                         {"type": "message", "role": "user", "content": [{"type": "input_text", "text": "b"}, {"type": "input_text", "text": "c"}]}]}
                        """
                                .formatted(answer));
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(List.copyOf(echo.asked).getLast().messages())
                .extracting(Message::content)
                .containsExactly("be brief", "a", "say it again", "b\nc");
    }

    @Test
    void aStreamHasTheEventsThatClientsPutTogether() {
        var stream = ask(", \"stream\": true");
        assertThat(stream.header("content-type").orElseThrow()).startsWith("text/event-stream");
        assertThat(stream.text()).doesNotContain("[DONE]");
        var names =
                stream.text()
                        .lines()
                        .filter(line -> line.startsWith("event: "))
                        .map(line -> line.substring(7));
        var events = Client.events(stream.text().lines());
        var types = events.stream().map(event -> event.get("type").asString()).toList();
        assertThat(names.toList()).isEqualTo(types);
        assertThat(types)
                .containsExactly(
                        "response.created",
                        "response.in_progress",
                        "response.output_item.added",
                        "response.content_part.added",
                        "response.output_text.delta",
                        "response.output_text.delta",
                        "response.output_text.delta",
                        "response.output_text.done",
                        "response.content_part.done",
                        "response.output_item.done",
                        "response.completed");
        for (int i = 0; i < events.size(); i++) {
            assertThat(events.get(i).get("sequence_number").asInt()).isEqualTo(i);
        }
        var whole = events.getLast().get("response");
        assertThat(whole.at("/output/0/content/0/text").asString()).isEqualTo("say it again");
        assertThat(whole.at("/usage/total_tokens").asInt()).isEqualTo(6);
        assertThat(events.getFirst().at("/response/status").asString()).isEqualTo("in_progress");
        assertThat(kept).extracting(AuditEntry::status).containsExactly(AuditEntry.BEGUN, 200);
        assertThat(kept.getLast().action()).isEqualTo("POST /v1/responses");
    }

    @Test
    void anAnswerThatReachesItsLimitIsIncomplete() {
        var reply = ask(", \"max_output_tokens\": 2").json();
        assertThat(reply.get("status").asString()).isEqualTo("incomplete");
        assertThat(reply.at("/incomplete_details/reason").asString())
                .isEqualTo("max_output_tokens");
        assertThat(events(", \"max_output_tokens\": 2").getLast().get("type").asString())
                .isEqualTo("response.incomplete");
    }

    @Test
    void aFailureInTheMiddleOfAStreamEndsItAsFailed() {
        try (var failing =
                        Served.start(
                                Served.chat(
                                        new Failing(
                                                List.of("one", " two"),
                                                () -> SartorException.missing("no memory"))));
                var asking = new Client(failing)) {
            var body = "{\"model\": \"m\", \"stream\": true, \"input\": \"late\"}";
            var events = Client.events(asking.post(PATH, body).text().lines());
            assertThat(events).isNotEmpty();
            assertThat(events.get(events.size() - 2).get("type").asString()).isEqualTo("error");
            assertThat(events.getLast().at("/response/status").asString()).isEqualTo("failed");
            assertThat(events.getLast().at("/response/error/code").asString()).isNotEmpty();
        }
    }

    @Test
    void aFormIsAskedForAsAChatCompletionAsksForIt() {
        ask(
                ", \"text\": {\"format\": {\"type\": \"json_schema\", \"name\": \"n\", \"strict\": true, \"schema\": {\"type\": \"object\"}}}");
        assertThat(echo.asked.element().form()).isInstanceOf(AnswerForm.JsonText.class);
        var wrong = ask(", \"text\": {\"format\": {\"type\": \"json_schema\", \"name\": \"n\"}}");
        assertThat(wrong.message()).contains("text.format.schema is missing");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"store\": true | store | no response is kept here",
                "\"previous_response_id\": \"resp_1\" | previous_response_id | send the messages so far as input",
                "\"conversation\": \"conv_1\" | conversation | no conversation is kept here",
                "\"tools\": [{\"type\": \"web_search\"}] | tools | nothing here calls tools",
                "\"background\": true | background | leave it out or send false",
                "\"reasoning\": {\"effort\": \"low\"} | reasoning | do not reason apart",
                "\"truncation\": \"auto\" | truncation | send disabled",
                "\"include\": [\"reasoning.encrypted_content\"] | include | send []",
                "\"max_tokens\": 5 | max_tokens | not a parameter that this server knows",
                "\"messages\": [] | messages | not a parameter that this server knows",
                "\"temperature\": 3 | temperature | 0 to 2",
                "\"text\": {\"verbosity\": \"low\"} | text.verbosity | send medium",
                "\"text\": {\"format\": {\"type\": \"grammar\"}} | text.format.type | text, json_object or json_schema",
                "\"stream_options\": {} | stream_options | stream=true only"
            })
    void whatWouldBeIgnoredIsRefusedByName(String field, String param, String reason) {
        var refused = ask(", " + field);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.message()).contains(param).contains(reason);
        assertThat(refused.param()).isEqualTo(param);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[] | input",
                "[{\"role\": \"assistant\", \"content\": \"a\"}] | input",
                "[{\"type\": \"function_call_output\", \"call_id\": \"c\", \"output\": \"o\"}] | input[0].type",
                "[{\"type\": \"item_reference\", \"id\": \"i\"}] | input[0].type",
                "[{\"role\": \"tool\", \"content\": \"a\"}] | input[0].role",
                "[{\"role\": \"user\", \"content\": [{\"type\": \"input_image\", \"image_url\": \"u\"}]}] | input[0].content[0].type",
                "[{\"role\": \"user\", \"content\": \"a\", \"name\": \"n\"}] | input[0].name",
                "7 | input"
            })
    void anInputThatIsNoConversationIsRefused(String input, String param) {
        var refused = client.post(PATH, "{\"model\": \"m\", \"input\": " + input + "}");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.param()).as(refused.text()).isEqualTo(param);
    }

    @Test
    void anOverLongTextNamesTheInput() {
        var refused =
                client.post(PATH, "{\"model\": \"m\", \"input\": \"1 2 3 4 5 6 7 8 9 10 11\"}");
        assertThat(refused.code()).isEqualTo("context_length_exceeded");
        assertThat(refused.param()).isEqualTo("input");
    }

    @Test
    void theRulesOfAccessAreThoseOfChatCompletions() {
        var key = "a-key-of-ours";
        var ann = ApiKey.of(key, new Principal(Set.of("user:ann")));
        var infer = ann.withScopes(Set.of(Scope.EMBED));
        var body = "{\"model\": \"%s\", \"input\": \"a\"}";
        try (var started =
                        Server.start(
                                ServerSettings.local(0).withApiKey(ann), Served.withSecrets());
                var asking = new Client(started.url(), Optional.of(key))) {
            var hidden = asking.post(PATH, body.formatted("sales/secret"));
            assertThat(hidden.status()).isEqualTo(404);
            assertThat(hidden.text().replace("secret", "invent"))
                    .isEqualTo(asking.post(PATH, body.formatted("sales/invent")).text());
            assertThat(asking.post(PATH, body.formatted("open")).status()).isEqualTo(200);
        }
        try (var started =
                        Server.start(
                                ServerSettings.local(0).withApiKey(infer), Served.withSecrets());
                var asking = new Client(started.url(), Optional.of(key))) {
            assertThat(asking.post(PATH, body.formatted("open")).code()).isEqualTo("missing_scope");
        }
    }
}
