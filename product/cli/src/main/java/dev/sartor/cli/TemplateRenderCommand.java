package dev.sartor.cli;

import dev.sartor.cli.console.InputFile;
import dev.sartor.cli.option.Composition;
import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.template.ChatTemplate;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;

@Command(
        name = "render",
        description = "Print the text that a chat template makes of messages, and nothing else.",
        footer = {
            "",
            "Example: sartor template render chat_template.jinja --messages messages.json --generation-prompt"
        })
final class TemplateRenderCommand implements Callable<Integer> {
    private final Composition composition;

    @Parameters(paramLabel = "FILE", description = "The template (Jinja).")
    Path template = Path.of("");

    @Option(
            names = "--messages",
            required = true,
            paramLabel = "FILE",
            description =
                    "A JSON array of messages: [{\"role\": \"user\", \"content\": \"Hello\"}].")
    Path messages = Path.of("");

    @Option(
            names = "--tools",
            paramLabel = "FILE",
            description = "A JSON array of tools, as the OpenAI API has them.")
    Optional<Path> tools = Optional.empty();

    @Option(names = "--generation-prompt", description = "End where the assistant's answer begins.")
    boolean generationPrompt;

    @Option(
            names = "--special",
            paramLabel = "NAME=TEXT",
            description =
                    "The text of a special token, such as bos_token=<s>; can be given several times.")
    Map<String, String> special = Map.of();

    @Option(
            names = "--documents",
            paramLabel = "FILE",
            description = "A JSON array of documents, for templates that cite them.")
    Optional<Path> documents = Optional.empty();

    @Option(
            names = "--var",
            paramLabel = "NAME=JSON",
            description =
                    "A further variable, such as enable_thinking=false; can be given several times.")
    Map<String, String> variables = Map.of();

    TemplateRenderCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() {
        var source = InputFile.text(template);
        var conversation = array(messages, "messages");
        var offered = tools.map(file -> array(file, "tools"));
        composition.console().printExactly(rendered(source, conversation, offered));
        return 0;
    }

    private String rendered(String source, JsonNode conversation, Optional<JsonNode> offered) {
        try {
            return ChatTemplate.of(source, special, Clock.system(ZoneId.systemDefault()))
                    .render(conversation, offered, generationPrompt, more())
                    .text();
        } catch (SartorException e) {
            throw e.kind() == SartorException.Kind.USER
                    ? SartorException.user(template + ": " + e.getMessage(), e)
                    : e;
        }
    }

    private Map<String, JsonNode> more() {
        var more = new LinkedHashMap<String, JsonNode>();
        documents.ifPresent(file -> more.put("documents", array(file, "documents")));
        variables.forEach((name, text) -> more.put(name, value(name, text)));
        return more;
    }

    private static JsonNode value(String name, String text) {
        try {
            return Json.mapper()
                    .reader()
                    .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .readTree(text);
        } catch (JacksonException e) {
            throw SartorException.user(
                    "--var "
                            + name
                            + " must be JSON, got "
                            + text
                            + ": a text stands in quotes, as --var '"
                            + name
                            + "=\"…\"'");
        }
    }

    private static JsonNode array(Path file, String what) {
        var json = Json.read(InputFile.existing(file));
        if (!json.isArray() || !json.valueStream().allMatch(JsonNode::isObject)) {
            throw SartorException.user(
                    file
                            + " must be a JSON array of "
                            + what
                            + ", which are objects, got "
                            + json.getNodeType().name().toLowerCase(java.util.Locale.ROOT)
                            + (json.isArray() ? " with something else in it" : "")
                            + ": see `sartor template render --help`");
        }
        return json;
    }
}
