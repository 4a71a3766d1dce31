package dev.sartor.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.core.SartorException;
import dev.sartor.serve.server.Client;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a request may ask of forms and biases is bounded before anything is done with it, and a form that cannot be held
/// is refused by the field's name.
class FormLimitsTest {
    private static String with(String addition) {
        return Served.ONE_MESSAGE.replace("\"m\",", "\"m\", " + addition + ",");
    }

    @Test
    void manyWrongBiasesAreToldByTheFirst() {
        try (var server = Served.start(Served.chat(new Echo()));
                var client = new Client(server)) {
            var few = biases(1000, "\"x%d\": 1");
            var reply = client.chat(with("\"logit_bias\": {" + few + "}"));
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.message()).contains("logit_bias must be").contains("\"x0\": 1");
            assertThat(reply.message()).hasSizeLessThan(300);
            long start = System.nanoTime();
            var many = client.chat(with("\"logit_bias\": {" + biases(40_000, "\"x%d\":1") + "}"));
            assertThat((System.nanoTime() - start) / 1e9).isLessThan(20);
            assertThat(many.status()).isEqualTo(400);
            assertThat(many.param()).isEqualTo("logit_bias");
            assertThat(many.message()).contains("at most 4096 tokens").contains("40000 tokens");
            var right = client.chat(with("\"logit_bias\": {" + biases(4096, "\"%d\": 1") + "}"));
            assertThat(right.status()).as(right.text()).isEqualTo(200);
        }
    }

    /// Before anything is made of them: each would take some hundred bytes.
    @Test
    void aBodyOfMoreValuesThanAnybodyNeedsIsRefused() {
        try (var server = Served.start(Served.chat(new Echo()));
                var client = new Client(server)) {
            for (var hostile :
                    List.of(
                            "\"logit_bias\": {" + biases(300_000, "\"x%d\":1") + "}",
                            "\"guided_choice\": [" + biases(250_000, "\"c%d\"") + "]",
                            "\"stop\": [" + "[],".repeat(700_000) + "1]")) {
                var reply = client.chat(with(hostile));
                assertThat(reply.status()).isEqualTo(400);
                assertThat(reply.code()).isEqualTo("too_many_values");
                assertThat(reply.message()).contains("more than 100000 values and names");
            }
        }
    }

    private static String biases(int count, String entry) {
        return IntStream.range(0, count)
                .mapToObj(entry::formatted)
                .collect(Collectors.joining(","));
    }

    @Test
    void choicesExpressionsAndSchemasHaveASize() {
        try (var server = Served.start(Served.chat(new Echo()));
                var client = new Client(server)) {
            var many = "\"guided_choice\": [" + biases(90_000, "\"c%d\"") + "]";
            refused(client, many, "guided_choice", "at most 4096 texts; send fewer, got 90000");
            var long1 = "\"guided_choice\": [\"" + "a".repeat(300_000) + "\"]";
            refused(client, long1, "guided_choice", "at most 262144 characters in all");
            var regex = "\"guided_regex\": \"" + "a".repeat(70_000) + "\"";
            refused(client, regex, "guided_regex", "at most 65536 characters; repeat");
            var schema = "{\"description\": \"" + "a".repeat(300_000) + "\"}";
            refused(
                    client,
                    "\"guided_json\": " + schema,
                    "guided_json",
                    "at most 262144 characters");
            refused(
                    client,
                    "\"response_format\": {\"type\": \"json_schema\", \"json_schema\": {\"schema\": "
                            + schema
                            + "}}",
                    "response_format.json_schema.schema",
                    "at most 262144 characters");
            var thousand = "\"guided_choice\": [" + biases(1000, "\"c%d\"") + "]";
            assertThat(client.chat(with(thousand)).status()).isEqualTo(200);
        }
    }

    private static void refused(Client client, String addition, String param, String message) {
        var reply = client.chat(with(addition));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.param()).isEqualTo(param);
        assertThat(reply.code()).isEqualTo("invalid_value");
        assertThat(reply.message()).contains(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"guided_json\": {} | guided_json",
                "\"guided_regex\": \"(?=a)\" | guided_regex",
                "\"response_format\": {\"type\": \"json_object\"} | response_format",
            })
    void aFormThatCannotBeHeldIsRefusedByItsField(String addition, String field) {
        var failing =
                new Failing(
                        List.of(""), () -> SartorException.unheldForm("look-ahead is not held"));
        try (var server = Served.start(Served.chat(failing));
                var client = new Client(server)) {
            for (var body : List.of(with(addition), with(addition + ", \"stream\": true"))) {
                var reply = client.chat(body);
                assertThat(reply.status()).isEqualTo(400);
                assertThat(reply.param()).isEqualTo(field);
                assertThat(reply.code()).isEqualTo("invalid_value");
                assertThat(reply.message()).isEqualTo(field + ": look-ahead is not held");
                assertThat(reply.error().get("type").stringValue())
                        .isEqualTo("invalid_request_error");
            }
        }
    }
}
