package dev.sartor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.cli.console.Screen;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemplateRenderCommandTest {
    /// ChatML, with what the options decide.
    private static final String TEMPLATE =
            """
            {{ bos_token }}{% for m in messages %}<|{{ m.role }}|>{{ m.content }}<|end|>
            {% endfor %}{% if tools %}{{ tools | tojson }}{% endif %}{% if add_generation_prompt %}<|assistant|>{% endif %}\
            """;

    @TempDir Path folder;

    private Path template = Path.of("");
    private Path messages = Path.of("");

    private final Screen screen = Screen.file();

    @BeforeEach
    void files() throws IOException {
        template = write("chat.jinja", TEMPLATE);
        messages = write("messages.json", "[{\"role\": \"user\", \"content\": \"{{ 7*7 }} 東京 \"}]");
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private int render(Path template, Path messages, String... more) {
        var args = new java.util.ArrayList<>(java.util.List.of("template", "render"));
        args.add(template.toString());
        args.add("--messages");
        args.add(messages.toString());
        args.addAll(java.util.List.of(more));
        return screen.sartor(args.toArray(String[]::new));
    }

    @Test
    void theTextIsPrintedToTheLastCharacterAndNothingElse() {
        assertThat(render(template, messages)).isZero();
        assertThat(screen.results()).isEqualTo("<|user|>{{ 7*7 }} 東京 <|end|>\n");
        assertThat(screen.remarks()).isEmpty();
    }

    @Test
    void noLineEndIsAddedAtTheEnd() {
        assertThat(render(template, messages, "--generation-prompt", "--special", "bos_token=<s>"))
                .isZero();
        assertThat(screen.results()).isEqualTo("<s><|user|>{{ 7*7 }} 東京 <|end|>\n<|assistant|>");
    }

    @Test
    void toolsAreHandedToTheTemplate() throws IOException {
        var tools = write("tools.json", "[{\"type\": \"function\"}]");
        assertThat(render(template, messages, "--tools", tools.toString())).isZero();
        assertThat(screen.results()).endsWith("[{\"type\": \"function\"}]");
    }

    @Test
    void furtherVariablesAndDocumentsReachTheTemplate() throws IOException {
        var thinking =
                write(
                        "t.jinja",
                        "{{ enable_thinking }}{{ n + 1 }}{{ name }}{% for d in documents %}[{{ d.text }}]{% endfor %}");
        var documents = write("d.json", "[{\"text\": \"a {{ b }}\"}]");
        assertThat(
                        render(
                                thinking,
                                messages,
                                "--var",
                                "enable_thinking=false",
                                "--var",
                                "n=2",
                                "--var",
                                "name=\"<|x|>\"",
                                "--documents",
                                documents.toString()))
                .isZero();
        assertThat(screen.results()).isEqualTo("False3<|x|>[a {{ b }}]");
        assertThat(render(thinking, messages, "--var", "name=Ann")).isEqualTo(2);
        assertThat(screen.remarks()).contains("--var name must be JSON, got Ann");
    }

    @Test
    void aTemplateThatCannotBeReadIsNamedWithItsLine() throws IOException {
        var broken = write("broken.jinja", "fine\n{% if %}\n");
        assertThat(render(broken, messages)).isEqualTo(2);
        assertThat(screen.remarks()).startsWith(broken + ": template line 2: ").hasLineCount(1);
        assertThat(screen.results()).isEmpty();
    }

    @Test
    void aTemplateThatRefusesSaysSo() throws IOException {
        var refusing = write("refusing.jinja", "{{ raise_exception('roles must alternate') }}");
        assertThat(render(refusing, messages)).isEqualTo(2);
        assertThat(screen.remarks())
                .contains(refusing + ": template line 1: ", "roles must alternate");
    }

    @Test
    void messagesThatAreNoArrayOfObjectsAreRefused() throws IOException {
        assertThat(render(template, write("m.json", "{\"messages\": []}"))).isEqualTo(2);
        assertThat(screen.remarks())
                .contains("m.json must be a JSON array of messages", "got object");
        assertThat(render(template, write("n.json", "[1]"))).isEqualTo(2);
        assertThat(screen.remarks()).contains("got array with something else in it");
    }

    @Test
    void aFileThatIsNotThereOrNotTextIsNamed() throws IOException {
        assertThat(render(folder.resolve("gone.jinja"), messages)).isEqualTo(2);
        assertThat(screen.remarks()).contains("there is no file " + folder.resolve("gone.jinja"));
        assertThat(render(folder, messages)).isEqualTo(2);
        assertThat(screen.remarks()).contains(folder + " must be a file, and is a folder");
        var latin =
                Files.write(folder.resolve("l.jinja"), "é".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(render(latin, messages)).isEqualTo(2);
        assertThat(screen.remarks()).contains(latin + " must be UTF-8");
    }

    @Test
    void withoutMessagesTheOptionIsNamed() {
        assertThat(screen.sartor("template", "render", template.toString())).isEqualTo(2);
        assertThat(screen.remarks()).contains("--messages", "`sartor template render --help`");
    }
}
