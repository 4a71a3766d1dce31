package dev.sartor.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.core.AnswerForm;
import dev.sartor.core.Example;
import dev.sartor.core.Problems;
import dev.sartor.core.Task;
import dev.sartor.data.row.Quoted;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FormatsTest {
    @TempDir Path folder;

    @Test
    void theFirstRowThatFitsSettlesTheFormat() throws IOException {
        var problems = new Problems();
        var result =
                ExampleReader.read(
                        file(
                                "mixed.jsonl",
                                """
                                {"question":"a","answer":"b"}
                                {"prompt":"a","completion":"b"}
                                {"text":"a","label":"b"}
                                {"prompt":"c","completion":"d"}
                                {"answer":"b"}
                                """),
                        DataFormat.AUTO,
                        ReadRules.any(),
                        problems);
        assertThat(result.format()).isEqualTo(DataFormat.PROMPT_COMPLETION);
        assertThat(result.examples()).extracting(Example::id).containsExactly("mixed:2", "mixed:4");
        assertThat(problems.all())
                .extracting(problem -> problem.replaceFirst("^.*mixed\\.jsonl:", ""))
                .satisfiesExactly(
                        p ->
                                assertThat(p)
                                        .startsWith(
                                                "1: fits no known format: it has question, answer."),
                        p -> assertThat(p).isEqualTo("3: lacks 'prompt'; it has text, label."),
                        p -> assertThat(p).isEqualTo("3: lacks 'completion'; it has text, label."),
                        p -> assertThat(p).isEqualTo("5: lacks 'prompt'; it has answer."),
                        p -> assertThat(p).isEqualTo("5: lacks 'completion'; it has answer."));
    }

    @Test
    void whatIsKnownIsToldOnce() throws IOException {
        var problems = new Problems();
        ExampleReader.read(
                file("unknown.jsonl", "{\"a\":1}\n{}\n"),
                DataFormat.AUTO,
                ReadRules.any(),
                problems);
        assertThat(problems.all().getFirst()).contains("Known are messages (messages); ");
        assertThat(problems.all().getLast())
                .endsWith("unknown.jsonl:2: fits no known format: it has no field at all.");
    }

    @Test
    void aNamedFormatIsNotGuessed() throws IOException {
        var both = "{\"text\":\"a\",\"label\":\"b\",\"prompt\":\"c\",\"completion\":\"d\"}\n";
        var result =
                ExampleReader.read(
                        file("both.jsonl", both), DataFormat.TEXT_LABEL, ReadRules.any());
        assertThat(result.examples().getFirst().text()).isEqualTo("a");
    }

    @Test
    void everyFormatIsFoundByItsKey() {
        for (var format : DataFormat.values()) {
            assertThat(DataFormat.of(format.key())).isEqualTo(format);
        }
    }

    @Test
    void aTasksLabelsAndItsAnswerForNothingBecomeTheRules() throws IOException {
        var task =
                new Task(
                        "route",
                        "Route it.",
                        List.of("card", "fee"),
                        "accuracy",
                        Optional.empty(),
                        0.08,
                        Optional.of("none"),
                        8);
        assertThat(task.form()).isInstanceOf(AnswerForm.OneOf.class);
        var rules = ReadRules.of(task).withColumns("message", "intent");
        var result =
                ExampleReader.read(
                        file("t.csv", "\n\n message , intent \nWhere?,card\n"),
                        DataFormat.TEXT_LABEL,
                        rules);
        assertThat(result.examples()).extracting(Example::id).containsExactly("t:4");
        assertThat(rules.unanswerable()).contains("none");
    }

    @Test
    void theAnswerOfAConversationMustBeALabelTooWhereTheTaskHasLabels() throws IOException {
        var rules = new ReadRules(List.of("yes", "no"), "text", "label", Optional.empty());
        var problems = new Problems();
        ExampleReader.read(
                file("p.jsonl", "{\"prompt\":\"a\",\"completion\":\"Yes\"}"),
                DataFormat.AUTO,
                rules,
                problems);
        assertThat(problems.all())
                .singleElement()
                .asString()
                .endsWith(
                        "unknown label 'Yes'; the task's labels are yes, no. Did you mean 'yes'?");
    }

    @Test
    void aLongListOfLabelsIsNotShownWhole() throws IOException {
        var labels = IntStream.range(0, 77).mapToObj(i -> "label" + i).toList();
        var problems = new Problems();
        ExampleReader.read(
                file("p.jsonl", "{\"text\":\"a\",\"label\":\"unlike all\"}"),
                DataFormat.AUTO,
                new ReadRules(labels, "text", "label", Optional.empty()),
                problems);
        assertThat(problems.all()).singleElement().asString().endsWith("label11 and 65 more.");
    }

    @Test
    void aLongTextInAProblemIsCut() {
        assertThat(Quoted.of(" two\nlines\t")).isEqualTo("'two lines'");
        assertThat(Quoted.of("😀".repeat(100))).isEqualTo("'" + "😀".repeat(59) + "…'");
    }

    @Test
    void everyoneIsWrittenOutInAReadersCell() throws IOException {
        var result =
                ExampleReader.read(
                        file(
                                "r.csv",
                                "text,label,readers\na,b,everyone\nc,d,group:sales; user:ann\n"),
                        DataFormat.AUTO,
                        ReadRules.any());
        assertThat(result.examples())
                .extracting(example -> example.readers().isEveryone())
                .containsExactly(true, false);
    }

    private Path file(String name, String content) throws IOException {
        return Files.write(folder.resolve(name), content.getBytes(StandardCharsets.UTF_8));
    }
}
