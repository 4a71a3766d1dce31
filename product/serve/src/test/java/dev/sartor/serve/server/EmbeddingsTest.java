package dev.sartor.serve.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.core.Json;
import dev.sartor.serve.Echo;
import dev.sartor.serve.Served;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EmbeddingsTest {
    private final Server server = Served.start(Served.chat(new Echo()));
    private final Client client = new Client(server);

    @AfterAll
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void oneTextGivesOneVector() {
        var reply = embed("'input': 'two words'");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json())
                .isEqualTo(
                        Json.mapper()
                                .readTree(
                                        """
                                        {"object": "list", "model": "e",
                                         "data": [{"object": "embedding", "index": 0,
                                                   "embedding": [9.0, 2.0, -0.5]}],
                                         "usage": {"prompt_tokens": 2, "total_tokens": 2}}
                                        """));
    }

    @Test
    void severalTextsGiveTheirVectorsInOrder() {
        var json = embed("'input': ['a', 'b b', 'c c c'], 'encoding_format': 'float'").json();
        assertThat(json.get("data")).hasSize(3);
        for (int i = 0; i < 3; i++) {
            var item = json.at("/data/" + i);
            assertThat(item.get("index").intValue()).isEqualTo(i);
            assertThat(item.at("/embedding/1").intValue()).isEqualTo(i + 1);
        }
        assertThat(json.at("/usage/prompt_tokens").intValue()).isEqualTo(6);
    }

    @Test
    void base64IsLittleEndianFloats() {
        var text =
                embed("'input': 'two words', 'encoding_format': 'base64', 'dimensions': 3")
                        .json()
                        .at("/data/0/embedding")
                        .stringValue();
        var floats =
                ByteBuffer.wrap(Base64.getDecoder().decode(text))
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .asFloatBuffer();
        var values = new float[floats.remaining()];
        floats.get(values);
        assertThat(values).containsExactly(9f, 2f, -0.5f);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'input': '' | input | invalid_value",
                "'input': [] | input | invalid_value",
                "'input': ['a', ''] | input | invalid_value",
                "'input': ['a', 3] | input | invalid_value",
                "'input': {} | input | invalid_value",
                "'input': [1, 2] | input | unsupported_parameter",
                "'input': [[1, 2]] | input | unsupported_parameter",
                "'inputs': 'a' | input | missing_required_parameter",
                "'input': 'a', 'encoding_format': 'hex' | encoding_format | invalid_value",
                "'input': 'a', 'dimensions': 2 | dimensions | invalid_value",
                "'input': 'a', 'user': [] | user | unsupported_parameter",
                "'input': 'a', 'truncate': true | truncate | unknown_parameter",
                "'input': ['a', '1 2 3 4 5 6 7 8 9'] | input | context_length_exceeded",
            })
    void whatCannotBeObeyedIsRefusedByName(String fields, String param, String code) {
        var reply = embed(fields);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.param()).isEqualTo(param);
        assertThat(reply.code()).isEqualTo(code);
    }

    @Test
    void aTextThatDoesNotFitIsNamedByItsPlace() {
        assertThat(embed("'input': ['a', '1 2 3 4 5 6 7 8 9']").message())
                .isEqualTo("input[1] has 9 tokens and this model reads at most 8: split it.");
    }

    @Test
    void moreTextsThanClientsMaySendAreRefused() {
        assertThat(embed("'input': ['a'" + ", 'a'".repeat(2047) + "]").status()).isEqualTo(200);
        assertThat(embed("'input': ['a'" + ", 'a'".repeat(2048) + "]").status()).isEqualTo(400);
    }

    @Test
    void aModelOfTheOtherKindIsRefusedWithThePathToUse() {
        var embedded =
                client.post("/v1/embeddings", "{\"model\": \"m\", \"input\": \"a\"}").message();
        assertThat(embedded).contains("/v1/chat/completions");
        var chatted = client.chat(Served.ONE_MESSAGE.replace("\"m\"", "\"e\""));
        assertThat(chatted.status()).isEqualTo(400);
        assertThat(chatted.message()).contains("/v1/embeddings");
    }

    private Client.Reply embed(String fields) {
        return client.post(
                "/v1/embeddings", "{'model': 'e', %s}".formatted(fields).replace('\'', '"'));
    }
}
