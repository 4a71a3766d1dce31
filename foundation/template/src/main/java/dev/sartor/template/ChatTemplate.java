package dev.sartor.template;

import dev.sartor.core.Message;
import dev.sartor.template.value.Rendered;
import dev.sartor.template.value.TemplateLimits;
import dev.sartor.template.value.Trusted;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// How a model wants a conversation written down: its template and the texts of its special tokens. Thread-safe.
public final class ChatTemplate {
    private final Template template;
    private final Map<String, String> specialTokens;
    private final TemplateLimits limits;
    private final Clock clock;

    /// @param specialTokens texts by the names that templates use, such as `bos_token`
    /// @param clock what a template that writes today's date reads
    public ChatTemplate(
            Template template,
            Map<String, String> specialTokens,
            TemplateLimits limits,
            Clock clock) {
        this.template = template;
        this.specialTokens = Map.copyOf(specialTokens);
        this.limits = limits;
        this.clock = clock;
    }

    /// With standard limits.
    public static ChatTemplate of(String source, Map<String, String> specialTokens, Clock clock) {
        return new ChatTemplate(
                Template.parse(source), specialTokens, TemplateLimits.standard(), clock);
    }

    /// @param addGenerationPrompt whether the text ends where the assistant's answer begins
    public Rendered render(List<Message> messages, boolean addGenerationPrompt) {
        return render(messages, Optional.empty(), addGenerationPrompt, Map.of());
    }

    /// Messages and tools as the OpenAI API has them, with whatever fields this template knows.
    ///
    /// @param messages an array of objects
    /// @param tools an array of objects
    /// @param extra further variables, such as `enable_thinking`; see {@link Template#render} for their types
    public Rendered render(
            JsonNode messages,
            Optional<JsonNode> tools,
            boolean addGenerationPrompt,
            Map<String, ?> extra) {
        return render((Object) messages, tools, addGenerationPrompt, extra);
    }

    private Rendered render(
            Object messages,
            Optional<JsonNode> tools,
            boolean addGenerationPrompt,
            Map<String, ?> extra) {
        Map<String, @Nullable Object> variables = new HashMap<>();
        specialTokens.forEach((name, text) -> variables.put(name, new Trusted(text)));
        variables.put("messages", messages);
        variables.put("tools", tools.orElse(null));
        variables.put("documents", null);
        variables.put("add_generation_prompt", addGenerationPrompt);
        variables.putAll(extra);
        return template.render(variables, limits, clock);
    }
}
