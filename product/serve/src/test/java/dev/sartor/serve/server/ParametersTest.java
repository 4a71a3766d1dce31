package dev.sartor.serve.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.serve.Echo;
import dev.sartor.serve.Limits;
import dev.sartor.serve.Served;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A parameter is obeyed, or changes nothing, or is refused by name; never ignored.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ParametersTest {
    private final Server server =
            Served.start(Served.chat(new Echo()), Limits.usual().withBodyBytes(20_000));
    private final Client client = new Client(server);

    @BeforeAll
    void theRequestThatTheOthersChangeIsRight() {
        assertThat(client.chat(Served.ONE_MESSAGE).status()).isEqualTo(200);
    }

    @AfterAll
    void stop() {
        client.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'n': 16",
                "'frequency_penalty': -2, 'presence_penalty': 0.5",
                "'logprobs': false, 'top_logprobs': null",
                "'logprobs': true, 'top_logprobs': 20",
                "'logit_bias': {}",
                "'logit_bias': {'0': -100, '17': 3.5}",
                "'top_k': 40, 'min_p': 0.05, 'repetition_penalty': 1.1",
                "'top_k': -1, 'min_p': 0",
                "'response_format': {'type': 'json_object'}",
                "'response_format': {'type': 'json_schema', 'json_schema': {'name': 'a',"
                        + " 'description': 'b', 'strict': true, 'schema': {'type': 'integer'}}}",
                "'guided_json': {'type': 'integer'}",
                "'guided_regex': '[ab]+'",
                "'guided_choice': ['a', 'b']",
                "'user': 'ann', 'safety_identifier': 'a', 'prompt_cache_key': 'k'",
                "'store': false, 'metadata': {'a': 'b'}",
                "'response_format': {'type': 'text'}, 'modalities': ['text']",
                "'tools': [], 'tool_choice': 'none', 'parallel_tool_calls': true",
                "'functions': [], 'function_call': 'auto'",
                "'service_tier': 'auto', 'verbosity': 'medium'",
                "'stop': null, 'stream': false, 'stream_options': null, 'audio': null",
                "'temperature': 2, 'top_p': 1, 'seed': 9223372036854775807",
                "'max_tokens': 3, 'max_completion_tokens': 3",
                "'stop': ['a', 'b', 'c', 'd']",
                "'stream': true, 'stream_options': {'include_usage': false}",
                "'stream': true, 'stream_options': {'include_obfuscation': false}",
            })
    void whatIsObeyedOrChangesNothingIsAccepted(String addition) {
        var reply = client.chat(with(addition));
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'n': 0 | n | invalid_value",
                "'n': 17 | n | invalid_value",
                "'frequency_penalty': 2.5 | frequency_penalty | invalid_value",
                "'presence_penalty': -2.1 | presence_penalty | invalid_value",
                "'repetition_penalty': 0 | repetition_penalty | invalid_value",
                "'top_k': -2 | top_k | invalid_value",
                "'top_k': 1.5 | top_k | invalid_value",
                "'min_p': 1.1 | min_p | invalid_value",
                "'logprobs': 3 | logprobs | invalid_value",
                "'top_logprobs': 3 | top_logprobs | invalid_value",
                "'logprobs': true, 'top_logprobs': 21 | top_logprobs | invalid_value",
                "'logit_bias': {'50': 101} | logit_bias | invalid_value",
                "'logit_bias': {'the': 1} | logit_bias | invalid_value",
                "'logit_bias': [1] | logit_bias | invalid_value",
                "'store': true | store | unsupported_parameter",
                "'user': 7 | user | unsupported_parameter",
                "'metadata': [] | metadata | unsupported_parameter",
                "'tools': [{}] | tools | unsupported_parameter",
                "'tool_choice': 'required' | tool_choice | unsupported_parameter",
                "'functions': [{}] | functions | unsupported_parameter",
                "'response_format': 'json' | response_format | invalid_value",
                "'response_format': {} | response_format.type | missing_required_parameter",
                "'response_format': {'type': 'xml'} | response_format.type | invalid_value",
                "'response_format': {'type': 'json_schema'} | response_format.json_schema"
                        + " | missing_required_parameter",
                "'response_format': {'type': 'json_schema', 'json_schema': {'name': 'a'}}"
                        + " | response_format.json_schema.schema | missing_required_parameter",
                "'response_format': {'type': 'json_object', 'schema': {}}"
                        + " | response_format.schema | unknown_parameter",
                "'guided_regex': 'a', 'guided_choice': ['b'] | response_format | invalid_value",
                "'guided_choice': [] | guided_choice | invalid_value",
                "'guided_regex': 3 | guided_regex | invalid_value",
                "'guided_choice': ['a', 'b'], 'temperature': 1 | temperature | unsupported_parameter",
                "'guided_choice': ['a', 'b'], 'n': 2 | n | unsupported_parameter",
                "'modalities': ['text', 'audio'] | modalities | unsupported_parameter",
                "'service_tier': 'flex' | service_tier | unsupported_parameter",
                "'reasoning_effort': 'low' | reasoning_effort | unsupported_parameter",
                "'web_search_options': {} | web_search_options | unsupported_parameter",
                "'prediction': {} | prediction | unsupported_parameter",
                "'temprature': 0.5 | temprature | unknown_parameter",
                "'top_a': null | top_a | unknown_parameter",
                "'temperature': 2.1 | temperature | invalid_value",
                "'temperature': '1' | temperature | invalid_value",
                "'temperature': 1e999 | temperature | invalid_value",
                "'top_p': 0 | top_p | invalid_value",
                "'max_tokens': 0 | max_tokens | invalid_value",
                "'max_tokens': 1.5 | max_tokens | invalid_value",
                "'max_tokens': 3000000000 | max_tokens | invalid_value",
                "'max_tokens': 3, 'max_completion_tokens': 4 | max_tokens | invalid_value",
                "'seed': 9223372036854775808 | seed | invalid_value",
                "'stop': ['a','b','c','d','e'] | stop | invalid_value",
                "'stop': [''] | stop | invalid_value",
                "'stop': 3 | stop | invalid_value",
                "'stream': 'yes' | stream | invalid_value",
                "'stream_options': {'include_usage': true} | stream_options | unsupported_parameter",
                "'stream': true, 'stream_options': {'other': 1} | stream_options.other | unknown_parameter",
                "'stream': true, 'stream_options': {'include_obfuscation': true}"
                        + " | stream_options.include_obfuscation | unsupported_parameter",
            })
    void whatCannotBeObeyedIsRefusedByName(String addition, String param, String code) {
        var reply = client.chat(with(addition));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.param()).isEqualTo(param);
        assertThat(reply.code()).isEqualTo(code);
        assertThat(reply.message()).contains(param + " ");
        assertThat(reply.error().get("type").stringValue()).isEqualTo("invalid_request_error");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[] | messages",
                "'hello' | messages",
                "['hello'] | messages[0]",
                "[{'content': 'a'}] | messages[0].role",
                "[{'role': 'user'}] | messages[0].content",
                "[{'role': 'user', 'content': 3}] | messages[0].content",
                "[{'role': 'user', 'content': []}] | messages[0].content",
                "[{'role': 'user', 'content': '\\ud83d'}] | messages[0].content",
                "[{'role': 'user', 'content': ['a']}] | messages[0].content[0]",
                "[{'role': 'user', 'content': [{'type': 'text'}]}] | messages[0].content[0].text",
                "[{'role': 'user', 'content': [{'type': 'image_url', 'image_url': {}}]}]"
                        + " | messages[0].content[0].type",
                "[{'role': 'user', 'content': 'a', 'name': 'ann'}] | messages[0].name",
                "[{'role': 'user', 'content': 'a', 'extra': 1}] | messages[0].extra",
                "[{'role': 'robot', 'content': 'a'}] | messages[0].role",
                "[{'role': 'tool', 'content': 'a', 'tool_call_id': 'x'}] | messages[0].role",
                "[{'role': 'assistant', 'content': null, 'tool_calls': [{}]}]"
                        + " | messages[0].tool_calls",
                "[{'role': 'user', 'content': 'a'}, {'role': 'assistant', 'content': 'b'}] | messages",
            })
    void messagesThatCannotBeReadAreRefusedWithTheirPlace(String messages, String param) {
        var reply =
                client.chat(
                        "{'model': 'm', 'messages': %s}".formatted(messages).replace('\'', '"'));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.param()).isEqualTo(param);
    }

    @Test
    void allThatIsWrongIsSaidAtOnce() {
        var reply = client.chat("{\"n\": 30, \"temperature\": 9, \"foo\": 1}");
        assertThat(reply.message())
                .contains("model is missing")
                .contains("messages is missing")
                .contains("n must be a whole number from 1 to 16, got 30")
                .contains("temperature must be 0 to 2, got 9")
                .contains("foo is not a parameter that this server knows");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "{\"model\": \"m\"} x",
                "{\"model\": \"m\", \"model\": \"n\"}",
                "{'model': 'm'}",
            })
    void aBodyThatIsNotOneJsonObjectIsRefused(String body) {
        var reply = client.chat(body);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo("invalid_json");
    }

    @Test
    void bytesThatAreNotUtf8AreRefused() {
        var bytes = Served.ONE_MESSAGE.getBytes(StandardCharsets.UTF_8);
        bytes[Served.ONE_MESSAGE.indexOf("say")] = (byte) 0xFF;
        var reply =
                client.send(
                        client.json("/v1/chat/completions", "")
                                .POST(HttpRequest.BodyPublishers.ofByteArray(bytes)));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo("invalid_json");
    }

    @Test
    void deeplyNestedJsonIsRefused() {
        assertThat(client.chat("{\"a\":".repeat(3000)).status()).isEqualTo(400);
    }

    @Test
    void aBodyOverTheLimitIsRefusedWhetherOrNotItsHeaderSaysSo() {
        var large = with("'user': '" + "a".repeat(20_000) + "'");
        var stream =
                HttpRequest.BodyPublishers.ofInputStream(
                        () -> new ByteArrayInputStream(large.getBytes(StandardCharsets.UTF_8)));
        assertThat(client.chat(large).status()).isEqualTo(413);
        var chunked = client.send(client.json("/v1/chat/completions", "").POST(stream));
        assertThat(chunked.status()).isEqualTo(413);
        assertThat(chunked.code()).isEqualTo("request_too_large");
        assertThat(chunked.message()).contains("20000 bytes");
    }

    @Test
    void aBodyThatIsNotSaidToBeJsonIsRefused() {
        var reply =
                client.send(
                        client.request("/v1/chat/completions")
                                .header("Content-Type", "text/plain")
                                .POST(HttpRequest.BodyPublishers.ofString(Served.ONE_MESSAGE)));
        assertThat(reply.status()).isEqualTo(415);
        assertThat(reply.message()).contains("Content-Type: application/json");
    }

    private static String with(String addition) {
        return Served.ONE_MESSAGE.replace("\"m\",", "\"m\", " + addition.replace('\'', '"') + ",");
    }
}
