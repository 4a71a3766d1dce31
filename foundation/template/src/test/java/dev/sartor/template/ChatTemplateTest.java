package dev.sartor.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.Json;
import dev.sartor.core.Message;
import dev.sartor.core.Role;
import dev.sartor.core.SartorException;
import dev.sartor.template.value.Span;
import dev.sartor.template.value.Trusted;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChatTemplateTest {
    private static final Map<String, String> TOKENS = Map.of("bos_token", "<s>");

    private static ChatTemplate chat(String source) {
        return ChatTemplate.of(source, TOKENS, References.CLOCK);
    }

    private static String published(String name) {
        return References.read("chat-templates.json.gz").get("templates").get(name).asString();
    }

    @Test
    void messagesAndJsonRenderAlike() {
        var chat = chat(published("Qwen-Qwen2.5-7B-Instruct"));
        var messages =
                List.of(
                        Message.system("Be brief."),
                        Message.user("Hi"),
                        Message.assistant("Hello"),
                        new Message(Role.TOOL, "42"));
        var json =
                Json.mapper()
                        .readTree(
                                """
                                [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Hi"},
                                 {"role": "assistant", "content": "Hello"}, {"role": "tool", "content": "42"}]
                                """);
        var rendered = chat.render(messages, true);
        assertThat(rendered).isEqualTo(chat.render(json, Optional.empty(), true, Map.of()));
        assertThat(rendered.text())
                .isEqualTo(
                        """
                        <|im_start|>system
                        Be brief.<|im_end|>
                        <|im_start|>user
                        Hi<|im_end|>
                        <|im_start|>assistant
                        Hello<|im_end|>
                        <|im_start|>user
                        <tool_response>
                        42
                        </tool_response><|im_end|>
                        <|im_start|>assistant
                        """);
    }

    @Test
    void specialTokensAreTheTemplatesOwnAndToolsAreData() {
        var chat =
                chat(
                        "{{ bos_token }}{{ eos_token }}{% for t in tools or [] %}{{ t.name }}{% endfor %}{{ messages | length }}");
        var tools = Json.mapper().readTree("[{\"name\": \"<s>\"}]");
        var rendered =
                chat.render(Json.mapper().readTree("[]"), Optional.of(tools), false, Map.of());
        assertThat(rendered.text()).isEqualTo("<s><s>0");
        assertThat(rendered.data()).containsExactly(new Span(3, 6));
    }

    @Test
    void extraVariablesReachTheTemplateAndReplaceTheUsualOnes() {
        var chat =
                chat(
                        "{{ enable_thinking }}{{ bos_token }}{{ add_generation_prompt }}{{ documents }}{{ tools }}");
        Map<String, Object> extra = new HashMap<>();
        extra.put("enable_thinking", false);
        extra.put("bos_token", new Trusted("<b>"));
        var rendered = chat.render(Json.mapper().readTree("[]"), Optional.empty(), true, extra);
        assertThat(rendered.text()).isEqualTo("False<b>TrueNoneNone");
        assertThat(rendered.data()).isEmpty();
    }

    @Test
    void todayIsWhatTheClockSaysInItsZone() {
        var newYear =
                Clock.fixed(Instant.parse("2026-12-31T23:30:00Z"), ZoneId.of("Europe/Zurich"));
        var source = "{{ strftime_now('%d %b %Y, %H:%M, %A, day %j') }}";
        var chat = ChatTemplate.of(source, Map.of(), newYear);
        assertThat(chat.render(List.of(), false).text())
                .isEqualTo("01 Jan 2027, 00:30, Friday, day 001");
        assertThat(
                        chat(published("meta-llama-Llama-3.2-3B-Instruct"))
                                .render(List.of(Message.user("Hi")), true)
                                .text())
                .contains("Today Date: 02 Jan 2026");
    }

    @Test
    void aTemplateThatRefusesTheConversationSaysWhy() {
        var gemma = chat(published("google-gemma-2-2b-it"));
        assertThatThrownBy(() -> gemma.render(List.of(Message.system("x")), true))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("the template refuses: System role not supported");
    }

    @Test
    void oneTemplateServesManyThreads() throws Exception {
        var chat = chat(published("HuggingFaceTB-SmolLM3-3B"));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var futures =
                    IntStream.range(0, 200)
                            .mapToObj(i ->
                                    threads.submit(() ->
                                            chat.render(
                                                    List.of(Message.user("number " + i)), true)))
                            .toList();
            for (int i = 0; i < futures.size(); i++) {
                var rendered = futures.get(i).get();
                assertThat(rendered.text()).contains("user\nnumber " + i + "<|im_end|>");
                assertThat(rendered.data()).hasSize(1);
            }
        }
    }
}
