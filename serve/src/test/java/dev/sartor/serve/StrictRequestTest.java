package dev.sartor.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What looks like a right request and is none: numbers beyond every type, halves of characters, other media types.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StrictRequestTest {
    private static final String EMBEDDING = "{\"model\": \"e\", \"input\": \"a b\"}";

    private final Server server = Served.start(Served.chat(new Echo()));
    private final Client client = new Client(server);

    @AfterAll
    void stop() {
        client.close();
        server.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'n': NUMBER | n",
                "'logprobs': true, 'top_logprobs': NUMBER | top_logprobs",
                "'max_tokens': NUMBER | max_tokens",
                "'max_completion_tokens': NUMBER | max_completion_tokens",
                "'top_k': NUMBER | top_k",
                "'temperature': NUMBER | temperature",
                "'top_p': NUMBER | top_p",
                "'min_p': NUMBER | min_p",
                "'repetition_penalty': NUMBER | repetition_penalty",
                "'frequency_penalty': NUMBER | frequency_penalty",
                "'presence_penalty': NUMBER | presence_penalty",
                "'logit_bias': {'1': NUMBER} | logit_bias",
            })
    void aNumberThatNoTypeHoldsIsRefusedByName(String addition, String param) {
        var digits = "1" + "0".repeat(400);
        for (var number :
                new String[] {"4294967297", "4294967296", "1e400", digits, "-" + digits}) {
            var reply = client.chat(with(addition.replace("NUMBER", number)));
            assertThat(reply.status()).as(number + ": " + reply.text()).isEqualTo(400);
            assertThat(reply.param()).isEqualTo(param);
            assertThat(reply.code()).isEqualTo("invalid_value");
            assertThat(reply.message()).contains(param + " must be ").contains(", got ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"9223372036854775808", "1e400", "-9223372036854775809", "1.5"})
    void aSeedThatNoTypeHoldsIsRefusedByName(String seed) {
        assertThat(client.chat(with("'seed': " + seed)).param()).isEqualTo("seed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"4294967299", "1e400", "0", "-3", "3.5", "'3'"})
    void aDimensionThatNoTypeHoldsIsRefusedByName(String dimension) {
        var reply = embed(",\"dimensions\": " + dimension.replace('\'', '"') + "}");
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.param()).isEqualTo("dimensions");
    }

    @Test
    void whatIsNoNumberInJsonIsNoJson() {
        for (var word : new String[] {"NaN", "Infinity", "-Infinity", "0x10", "01", "1_0"}) {
            assertThat(client.chat(with("'temperature': " + word)).code())
                    .isEqualTo("invalid_json");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'stop': '\\ud83d' | stop",
                "'stop': ['a', 'b\\udc00c'] | stop",
                "'user': '\\ud83d' | user",
                "'safety_identifier': '\\ud83d\\ud83d' | safety_identifier",
                "'prompt_cache_key': '\\udc00' | prompt_cache_key",
                "'metadata': {'a': {'b': ['\\ud83d']}} | metadata",
                "'metadata': {'\\ud83d': 'a'} | metadata",
                "'service_tier': '\\ud83d' | service_tier",
                "'response_format': {'type': '\\ud83d'} | response_format.type",
                "'guided_regex': '\\ud83d' | guided_regex",
            })
    void halfOfASurrogatePairIsRefusedByName(String addition, String param) {
        var reply = client.chat(with(addition));
        assertThat(reply.status()).as(reply.text()).isEqualTo(400);
        assertThat(reply.param()).isEqualTo(param);
        assertThat(reply.message()).contains(param + " must be valid Unicode, got ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'role': 'user', 'content': 'a\\ud83d'} | messages[0].content",
                "{'role': '\\ud83d', 'content': 'a'} | messages[0].role",
                "{'role': 'user', 'content': [{'type': 'text', 'text': '\\udc00'}]}"
                        + " | messages[0].content[0].text",
                "{'role': 'assistant', 'content': 'a', 'sources': [{'text': '\\ud83d'}]},"
                        + " {'role': 'user', 'content': 'a'} | messages[0].sources",
                "{'role': 'assistant', 'content': 'a', 'statements': ['\\ud83d']},"
                        + " {'role': 'user', 'content': 'a'} | messages[0].statements",
            })
    void halfOfASurrogatePairInAMessageIsRefusedWithItsPlace(String messages, String param) {
        var reply =
                client.chat(
                        "{'model': 'm', 'messages': [%s]}".formatted(messages).replace('\'', '"'));
        assertThat(reply.status()).as(reply.text()).isEqualTo(400);
        assertThat(reply.param()).isEqualTo(param);
    }

    @Test
    void halfOfASurrogatePairIsRefusedInEmbeddingsToo() {
        for (var input : new String[] {"\"\\ud83d\"", "[\"a\", \"b\\udc00\"]"}) {
            var reply =
                    client.post("/v1/embeddings", "{\"model\": \"e\", \"input\": " + input + "}");
            assertThat(reply.status()).as(reply.text()).isEqualTo(400);
            assertThat(reply.param()).isEqualTo("input");
        }
        assertThat(embed(",\"user\": \"\\ud83d\"}").param()).isEqualTo("user");
    }

    @Test
    void wholeSurrogatePairsAreText() {
        assertThat(client.chat(with("'stop': '\\ud83e\\uddf5', 'user': '🧵'")).status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/jsonevil",
                "application/json-patch+json",
                "application/json/x",
                "application/json, text/plain",
                "application/json text/plain",
                "application/json; charset",
                "application/json; charset=utf-16",
                "application/json; charset=iso-8859-1",
                "application/json; charset=\"latin1\"",
                "text/json",
            })
    void anotherMediaTypeIsRefused(String type) {
        var reply = sent(type, Served.ONE_MESSAGE.getBytes(StandardCharsets.UTF_8));
        assertThat(reply.status()).isEqualTo(415);
        assertThat(reply.code()).isEqualTo("unsupported_media_type");
        assertThat(reply.message()).contains("Content-Type: application/json").contains(type);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "Application/JSON",
                "application/json;charset=utf-8",
                "application/json ; charset=\"UTF-8\"",
                "application/json; profile=\"a; b\"; charset=utf8",
                "application/json;",
            })
    void jsonIsAcceptedHoweverItsTypeIsWritten(String type) {
        var reply = sent(type, Served.ONE_MESSAGE.getBytes(StandardCharsets.UTF_8));
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "c0af", // an overlong slash
                "e080af", // and longer
                "f08080af",
                "c1a1", // an overlong a
                "eda0bd", // half of a surrogate pair
                "f4908080", // beyond U+10FFFF
                "f8888080af",
                "80", // goes on with nothing
                "e282", // ends too early
            })
    void bytesThatAreNotStrictUtf8AreRefused(String hex) {
        var whole = Served.ONE_MESSAGE.split("say it again", -1);
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(whole[0].getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes(HexFormat.of().parseHex(hex));
        bytes.writeBytes(whole[1].getBytes(StandardCharsets.UTF_8));
        var reply = sent("application/json", bytes.toByteArray());
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo("invalid_json");
        assertThat(reply.message()).contains("UTF-8").contains("byte " + whole[0].length());
    }

    @Test
    void aBodyInAnotherEncodingIsRefused() {
        for (var charset :
                new java.nio.charset.Charset[] {
                    StandardCharsets.UTF_16LE, StandardCharsets.UTF_16, StandardCharsets.UTF_32BE
                }) {
            var reply = sent("application/json", Served.ONE_MESSAGE.getBytes(charset));
            assertThat(reply.code()).isEqualTo("invalid_json");
        }
    }

    private Client.Reply sent(String type, byte[] body) {
        return client.send(
                client.request("/v1/chat/completions")
                        .header("Content-Type", type)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    private Client.Reply embed(String rest) {
        return client.post("/v1/embeddings", EMBEDDING.replace("}", rest));
    }

    private static String with(String addition) {
        return Served.ONE_MESSAGE.replace("\"m\",", "\"m\", " + addition.replace('\'', '"') + ",");
    }
}
