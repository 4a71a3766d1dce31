package dev.sartor.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.core.Answer;
import dev.sartor.core.AnswerForm;
import dev.sartor.core.Json;
import dev.sartor.core.Message;
import dev.sartor.core.Pages;
import dev.sartor.core.Passage;
import dev.sartor.core.Penalties;
import dev.sartor.core.Principal;
import dev.sartor.core.Readers;
import dev.sartor.core.Truncation;
import dev.sartor.serve.server.Client;
import dev.sartor.serve.server.Server;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChatTest {
    private final Echo echo = new Echo();
    private final Server server =
            Server.start(
                    ServerSettings.local(0),
                    Served.chat(echo),
                    Clock.fixed(Instant.ofEpochSecond(1_700_000_000), ZoneOffset.UTC),
                    new Random(7));
    private final Client client = new Client(server);

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void aCompletionHasTheShapeThatClientsExpect() {
        var reply = client.chat(Served.ONE_MESSAGE);
        var id = reply.header("x-request-id").orElseThrow();
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("content-type")).contains("application/json");
        assertThat(reply.json())
                .isEqualTo(
                        Json.mapper()
                                .readTree(
                                        """
                                        {"id": "chatcmpl-%s", "object": "chat.completion",
                                         "created": 1700000000, "model": "m",
                                         "choices": [{"index": 0,
                                           "message": {"role": "assistant", "content": "say it again",
                                                       "refusal": null},
                                           "finish_reason": "stop", "logprobs": null}],
                                         "usage": {"prompt_tokens": 3, "completion_tokens": 3,
                                                   "total_tokens": 6,
                                                   "prompt_tokens_details": {"cached_tokens": 1}}}
                                        """
                                                .formatted(id)));
    }

    @Test
    void everyRequestHasItsOwnId() {
        var first = client.chat(Served.ONE_MESSAGE).json().get("id");
        assertThat(client.chat(Served.ONE_MESSAGE).json().get("id")).isNotEqualTo(first);
    }

    @Test
    void theResponderIsAskedGreedilyUpToTheModelsOwnLimitWhereTheClientSaysNothing() {
        client.chat(Served.ONE_MESSAGE);
        var question = echo.asked.element();
        assertThat(question.messages()).containsExactly(Message.user("say it again"));
        assertThat(question.form()).isEqualTo(new AnswerForm.FreeText(5));
        assertThat(question.sampling().temperature()).isZero();
        assertThat(question.sampling().truncation().topP()).isEqualTo(1);
        assertThat(question.sampling().stop()).isEmpty();
        assertThat(question.principal()).isEqualTo(Principal.local());
    }

    @Test
    void whatTheClientSaysReachesTheResponder() {
        client.chat(
                """
                {"model": "m", "temperature": 0.7, "top_p": 0.9, "seed": -3, "stop": ["x", "y"],
                 "max_completion_tokens": 2, "messages": [
                   {"role": "developer", "content": "Be brief."},
                   {"role": "system", "content": [{"type": "text", "text": "Be"},
                                                  {"type": "text", "text": "kind."}]},
                   {"role": "user", "content": "one"},
                   {"role": "assistant", "content": "1", "refusal": null, "tool_calls": null,
                    "sources": [], "statements": [], "omitted": {}, "annotations": []},
                   {"role": "user", "content": "two"}]}
                """);
        var question = echo.asked.element();
        assertThat(question.messages())
                .containsExactly(
                        Message.system("Be brief."),
                        Message.system("Be\nkind."),
                        Message.user("one"),
                        Message.assistant("1"),
                        Message.user("two"));
        assertThat(question.form()).isEqualTo(new AnswerForm.FreeText(2));
        assertThat(question.sampling().temperature()).isEqualTo(0.7);
        assertThat(question.sampling().truncation().topP()).isEqualTo(0.9);
        assertThat(question.sampling().seed()).isEqualTo(-3);
        assertThat(question.sampling().stop()).containsExactly("x", "y");
    }

    @Test
    void whatIsSaidOfTheDrawReachesTheResponder() {
        client.chat(
                Served.ONE_MESSAGE.replace(
                        "\"m\",",
                        """
                        "m", "top_k": 40, "min_p": 0.1, "repetition_penalty": 1.2,
                        "frequency_penalty": 0.5, "presence_penalty": -0.5, "logit_bias": {"7": -100},
                        "logprobs": true, "top_logprobs": 2,
                        """));
        var sampling = echo.asked.element().sampling();
        assertThat(sampling.truncation()).isEqualTo(new Truncation(40, 1, 0.1));
        assertThat(sampling.penalties()).isEqualTo(new Penalties(1.2, 0.5, -0.5));
        assertThat(sampling.logitBias()).isEqualTo(Map.of(7, -100.0));
        assertThat(sampling.topLogProbabilities()).hasValue(2);
    }

    @Test
    void logProbabilitiesStandBesideTheTextAsOpenAiWritesThem() {
        var reply =
                client.chat(
                        Served.ONE_MESSAGE.replace(
                                "\"m\",",
                                "\"m\", \"max_tokens\": 1, \"logprobs\": true, \"top_logprobs\": 1,"));
        assertThat(reply.json().at("/choices/0/logprobs"))
                .isEqualTo(
                        Json.mapper()
                                .readTree(
                                        """
                                        {"content": [{"token": "say", "logprob": -0.5, "bytes": [115, 97, 121],
                                          "top_logprobs": [{"token": "say", "logprob": -0.5,
                                                            "bytes": [115, 97, 121]}]}],
                                         "refusal": null}
                                        """));
    }

    @Test
    void severalAnswersHaveSeedsOfTheirOwnAndTheirTokensCountTogether() {
        var reply =
                client.chat(
                        Served.ONE_MESSAGE.replace(
                                "\"m\",", "\"m\", \"n\": 3, \"seed\": 5, \"temperature\": 1,"));
        assertThat(reply.json().get("choices")).hasSize(3);
        for (int i = 0; i < 3; i++) {
            var choice = reply.json().get("choices").get(i);
            assertThat(choice.get("index").intValue()).isEqualTo(i);
            assertThat(choice.at("/message/content").stringValue()).isEqualTo("say it again");
        }
        assertThat(reply.json().at("/usage/prompt_tokens").intValue()).isEqualTo(3);
        assertThat(reply.json().at("/usage/completion_tokens").intValue()).isEqualTo(9);
        assertThat(echo.asked.stream().map(question -> question.sampling().seed()))
                .hasSize(3)
                .doesNotHaveDuplicates()
                .contains(5L);
    }

    @Test
    void aFormThatTheClientAsksForReachesTheResponder() {
        var schema = Json.mapper().readTree("{\"type\": \"integer\"}");
        assertThat(
                        form(
                                "\"max_tokens\": 9, \"response_format\": {\"type\": \"json_schema\","
                                        + " \"json_schema\": {\"name\": \"a\", \"schema\": {\"type\":"
                                        + " \"integer\"}}}"))
                .isEqualTo(new AnswerForm.JsonText(schema, 9));
        assertThat(form("\"response_format\": {\"type\": \"json_object\"}"))
                .isEqualTo(AnswerForm.JsonText.object(5));
        assertThat(form("\"guided_regex\": \"[ab]+\""))
                .isEqualTo(new AnswerForm.Matching("[ab]+", 5));
        assertThat(form("\"guided_choice\": [\"yes\", \"no\", \"yes\"]"))
                .isEqualTo(new AnswerForm.OneOf(List.of("yes", "no")));
    }

    private AnswerForm form(String addition) {
        echo.asked.clear();
        var reply = client.chat(Served.ONE_MESSAGE.replace("\"m\",", "\"m\", " + addition + ","));
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return echo.asked.element().form();
    }

    @Test
    void withoutASeedEachRequestIsDrawnWithAnother() {
        client.chat(Served.ONE_MESSAGE);
        client.chat(Served.ONE_MESSAGE);
        assertThat(echo.asked.stream().map(question -> question.sampling().seed()).distinct())
                .hasSize(2);
    }

    @Test
    void anAnswerCutByTheLimitSaysSo() {
        var choice =
                client.chat(Served.ONE_MESSAGE.replace("\"m\",", "\"m\", \"max_tokens\": 2,"))
                        .json()
                        .at("/choices/0");
        assertThat(choice.at("/message/content").stringValue()).isEqualTo("say it");
        assertThat(choice.get("finish_reason").stringValue()).isEqualTo("length");
    }

    @Test
    void aPromptThatDoesNotFitIsAnErrorWithTheCodeThatClientsKnow() {
        var reply = client.chat(Served.ONE_MESSAGE.replace("again", "1 2 3 4 5 6 7 8 9"));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo("context_length_exceeded");
        assertThat(reply.param()).isEqualTo("messages");
        assertThat(reply.message()).isEqualTo("the prompt has 11 tokens, 10 fit: shorten it");
    }

    @Test
    void anAnswerWithRetrievalNamesItsSources() {
        var passage =
                new Passage(
                        "p1",
                        "trips.pdf",
                        "Trips › Meals",
                        "24 a day",
                        0.5,
                        Readers.everyone(),
                        new Pages(3, 4));
        try (var retrieving = Served.start(Served.chat(new Echo(passage)));
                var asker = new Client(retrieving)) {
            var sources = asker.chat(Served.ONE_MESSAGE).json().at("/choices/0/message/sources");
            assertThat(sources)
                    .isEqualTo(
                            Json.mapper()
                                    .readTree(
                                            """
                                            [{"number": 1, "document": "trips.pdf", "section": "Trips › Meals",
                                              "text": "24 a day", "rank": 1, "page": 3, "last_page": 4}]
                                            """));
        }
    }

    @Test
    void anAnswerWithRetrievalSaysWhichOfItsSentencesItsSourcesHold() {
        var passage = new Passage("p1", "trips.md", "", "24 a day", 0.5, Readers.everyone());
        try (var retrieving = Served.start(Served.chat(new Echo(passage)));
                var asker = new Client(retrieving)) {
            assertThat(asker.chat(Served.ONE_MESSAGE).json().at("/choices/0/message/statements"))
                    .isEqualTo(
                            Json.mapper()
                                    .readTree(
                                            """
                                            [{"text": "It is.", "cites": [1], "source": 1, "supported": true},
                                             {"text": "Or not.", "cites": [], "source": null, "supported": false}]
                                            """));
        }
    }

    @Test
    void anAnswerSaysHowManyPassagesItWentWithout() {
        var echo = new Echo();
        echo.omitted = new Answer.Omitted(1, 2);
        try (var retrieving = Served.start(Served.chat(echo));
                var asker = new Client(retrieving)) {
            var message = asker.chat(Served.ONE_MESSAGE).json().at("/choices/0/message");
            assertThat(message.at("/omitted/injections").asInt()).isEqualTo(1);
            assertThat(message.at("/omitted/withheld").asInt()).isEqualTo(2);
        }
    }

    @Test
    void aPassageThatTheCallerMayNotReadIsADefectAndIsNotShown() {
        var passage =
                new Passage(
                        "p1", "pay.md", "", "a secret", 1, Readers.anyOf(List.of("group:boss")));
        try (var leaking = Served.start(Served.chat(new Echo(passage)));
                var asker = new Client(leaking)) {
            var reply = asker.chat(Served.ONE_MESSAGE);
            assertThat(reply.status()).isEqualTo(500);
            assertThat(reply.text()).doesNotContain("secret").doesNotContain("say it again");
        }
    }

    @Test
    void aLabelComesWithItsConfidenceWhichMayBeSentBack() {
        var labels = new AnswerForm.OneOf(List.of("card", "refund"));
        try (var labelling = Served.start(Served.chat(echo, labels));
                var asker = new Client(labelling)) {
            var message = asker.chat(Served.ONE_MESSAGE).json().at("/choices/0/message");
            assertThat(message.get("confidence").doubleValue()).isEqualTo(0.8765);
            var again =
                    asker.chat(
                            """
                            {"model": "m", "messages": [{"role": "user", "content": "one"},
                              {"role": "assistant", "content": "card", "confidence": 0.8765},
                              {"role": "user", "content": "two"}]}
                            """);
            assertThat(again.status()).isEqualTo(200);
            assertThat(message.has("abstained")).as("one that is sure enough").isFalse();
            for (var stream : List.of("", ", \"stream\": true")) {
                var unsure =
                        asker.chat(
                                """
                                {"model": "m", "messages": [{"role": "user", "content": "unsure"}]%s}
                                """
                                        .formatted(stream));
                assertThat(unsure.text().replace(" ", ""))
                        .contains("\"confidence\":0.8765,\"abstained\":true");
            }
        }
        assertThat(
                        client.chat(Served.ONE_MESSAGE)
                                .json()
                                .at("/choices/0/message")
                                .has("confidence"))
                .as("free text has none")
                .isFalse();
    }

    @Test
    void aModelThatAnswersWithLabelsRefusesWhatWouldBeIgnored() {
        var labels = new AnswerForm.OneOf(List.of("card", "refund"));
        try (var labelling = Served.start(Served.chat(echo, labels));
                var asker = new Client(labelling)) {
            assertThat(asker.chat(Served.ONE_MESSAGE).status()).isEqualTo(200);
            assertThat(echo.asked.element().form()).isEqualTo(labels);
            assertThat(param(asker, "\"temperature\": 1")).isEqualTo("temperature");
            assertThat(param(asker, "\"stop\": \"a\"")).isEqualTo("stop");
            assertThat(param(asker, "\"guided_regex\": \"a\"")).isEqualTo("guided_regex");
            assertThat(param(asker, "\"logprobs\": true")).isEqualTo("logprobs");
            assertThat(param(asker, "\"n\": 2")).isEqualTo("n");
            assertThat(param(asker, "\"max_tokens\": 5")).isEqualTo("max_tokens");
            assertThat(param(asker, "\"temperature\": 0, \"max_tokens\": 6")).isEmpty();
        }
    }

    private static String param(Client asker, String addition) {
        var reply = asker.chat(Served.ONE_MESSAGE.replace("\"m\",", "\"m\", " + addition + ","));
        return reply.status() == 200 ? "" : reply.param();
    }
}
