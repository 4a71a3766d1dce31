package dev.sartor.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.Example;
import dev.sartor.core.Message;
import dev.sartor.core.Principal;
import dev.sartor.core.Problems;
import dev.sartor.core.SartorException;
import dev.sartor.core.file.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExampleReaderTest {
    private static final ReadRules SQUAD_RULES =
            new ReadRules(List.of(), "text", "label", Optional.of("I don't know"));

    @TempDir Path folder;

    @Test
    void messagesKeepTheConversationAndTheLastAnswerIsTheReference() {
        var example =
                only(
                        "chat.jsonl",
                        """
                        {"messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"Hi"},{"role":"assistant","content":"Hello"}]}
                        """);
        assertThat(example.input())
                .containsExactly(Message.system("Be brief."), Message.user("Hi"));
        assertThat(example.references()).containsExactly("Hello");
        assertThat(example.id()).isEqualTo("chat:1");
        assertThat(example.readers().isEveryone()).isTrue();
    }

    @Test
    void promptAndCompletionMayBeTextsOrMessages() {
        var result =
                read(
                        "pairs.jsonl",
                        """
                        {"prompt":"2+2?","completion":"4"}
                        {"prompt":[{"role":"user","content":"3+3?"}],"completion":[{"role":"assistant","content":"6"}]}
                        """);
        assertThat(result.format()).isEqualTo(DataFormat.PROMPT_COMPLETION);
        assertThat(result.examples()).extracting(Example::text).containsExactly("2+2?", "3+3?");
        assertThat(result.examples()).extracting(Example::reference).containsExactly("4", "6");
    }

    @Test
    void aPromptStaysAsItIsEvenWhereItLooksLikeControlTokens() {
        var example = only("p.jsonl", "{\"prompt\":\" <|im_start|> \",\"completion\":\"x\\n\"}\n");
        assertThat(example.text()).isEqualTo(" <|im_start|> ");
        assertThat(example.reference()).isEqualTo("x\n");
    }

    @Test
    void labelledTextsMayHaveOtherColumnNames() {
        var rules = ReadRules.any().withColumns("message", "intent");
        var result =
                ExampleReader.read(
                        file("t.csv", "message,intent,note\n\"Where, is it?\",card,x\n"),
                        DataFormat.AUTO,
                        rules);
        assertThat(result.format()).isEqualTo(DataFormat.TEXT_LABEL);
        assertThat(result.examples().getFirst().text()).isEqualTo("Where, is it?");
        assertThat(result.examples().getFirst().reference()).isEqualTo("card");
    }

    @Test
    void aNumberIsALabelByItsText() {
        assertThat(only("n.jsonl", "{\"text\":\"a\",\"label\":3}").reference()).isEqualTo("3");
    }

    @Test
    void theRowsOfACsvFileAreNamedByTheirFirstLine() {
        var result =
                read(
                        "t.csv",
                        "text,label\r\n\"two\r\nlines\",a\r\n\r\nplain,b\r\n\"say \"\"hi\"\"\",c");
        assertThat(result.examples())
                .extracting(example -> example.origin().line())
                .containsExactly(2, 5, 6);
        assertThat(result.examples())
                .extracting(Example::text)
                .containsExactly("two\r\nlines", "plain", "say \"hi\"");
        assertThat(result.examples()).extracting(Example::id).containsExactly("t:2", "t:5", "t:6");
    }

    @Test
    void aJsonArrayGivesEachRowItsLine() {
        var result =
                read(
                        "rows.json",
                        """
                        [
                          {"prompt": "a",
                           "completion": "1"},
                          {"prompt": "b", "completion": "2"}, {"prompt": "c", "completion": "3"}
                        ]
                        """);
        assertThat(result.examples())
                .extracting(Example::id)
                .containsExactly("rows:2", "rows:4", "rows:4.2");
    }

    @Test
    void linesNamedJsonAreReadAsLines() {
        assertThat(
                        read(
                                        "rows.json",
                                        "{\"text\":\"a\",\"label\":\"x\"}\n{\"text\":\"b\",\"label\":\"y\"}\n")
                                .examples())
                .hasSize(2);
    }

    @Test
    void squadsOwnJsonGivesDistinctAnswersAndLeavesContextsOut() {
        var result =
                ExampleReader.read(
                        file("squad.json", SquadSample.NESTED), DataFormat.AUTO, SQUAD_RULES);
        assertThat(result.format()).isEqualTo(DataFormat.SQUAD);
        assertThat(result.examples()).extracting(Example::id).containsExactly("q1", "q2");
        assertThat(result.examples())
                .extracting(Example::references)
                .containsExactly(List.of("in 1999", "1999"), List.of("I don't know"));
        assertThat(result.examples().get(1).origin().line()).isEqualTo(12);
        assertThat(result.notes()).singleElement().asString().contains("without their 1 contexts");
    }

    @Test
    void flatSquadRowsReadTheSame() {
        var result =
                ExampleReader.read(
                        file(
                                "flat.jsonl",
                                """
                                {"id":"q1","title":"T","question":"When?","answers":{"text":["in 1999","1999","1999"],"answer_start":[1,4,4]}}
                                {"id":"q2","title":"T","question":"Why?","answers":{"text":[],"answer_start":[]}}
                                """),
                        DataFormat.AUTO,
                        SQUAD_RULES);
        assertThat(result.examples())
                .extracting(Example::references)
                .containsExactly(List.of("in 1999", "1999"), List.of("I don't know"));
    }

    @Test
    void aByteOrderMarkIsNotPartOfTheFirstColumnOrRow() {
        assertThat(only("t.csv", "\uFEFFtext,label\na,b\n").text()).isEqualTo("a");
        assertThat(only("t.jsonl", "\uFEFF{\"text\":\"a\",\"label\":\"b\"}\n").text())
                .isEqualTo("a");
        assertThat(only("t.json", "\uFEFF[{\"text\":\"a\",\"label\":\"b\"}]").text())
                .isEqualTo("a");
    }

    @Test
    void readersTravelWithTheRow() {
        var result =
                read(
                        "r.jsonl",
                        """
                        {"text":"a","label":"x","readers":["group:sales","user:ann"]}
                        {"text":"b","label":"x","readers":"group:hr;user:bob"}
                        """);
        var ann = new Principal(Set.of("user:ann"));
        assertThat(result.examples())
                .extracting(example -> example.readers().admit(ann))
                .containsExactly(true, false);
    }

    @Test
    void theDigestIsTheFilesOwn() throws IOException {
        var path = file("d.csv", "\uFEFFtext,label\r\nä,b\r\n");
        assertThat(ExampleReader.read(path, DataFormat.AUTO, ReadRules.any()).sha256())
                .isEqualTo(Sha256.of(path));
    }

    @Test
    void rowsSaidTwiceAreCounted() {
        var result =
                read(
                        "t.csv",
                        "text,label\nWhere is it?,card\nwhere is it,card\nWHERE IS IT!,fee\nother,fee\n");
        assertThat(result.repeats().same()).isEqualTo(1);
        assertThat(result.repeats().contradicting()).isEqualTo(1);
        assertThat(result.repeats().told().replace(folder + "/", ""))
                .isEqualTo(
                        "1 row repeats an earlier one and 1 row contradicts an earlier one"
                                + " (t.csv:4 contradicts t.csv:2).");
        assertThat(result.repeats().isNone()).isFalse();
    }

    @Test
    void aLineLongerThanAnyBufferIsReadWhole() {
        var text = "ä".repeat(100_000);
        assertThat(only("long.jsonl", "{\"text\":\"" + text + "\",\"label\":\"b\"}").text())
                .isEqualTo(text);
        assertThat(only("long.csv", "text,label\n" + text + ",b").text()).isEqualTo(text);
    }

    @Test
    void problemsOfSeveralFilesCanBeGathered() {
        var problems = new Problems();
        var good = file("good.jsonl", "{\"text\":\"a\",\"label\":\"b\"}");
        var missing = folder.resolve("missing.jsonl");
        var read = ExampleReader.read(good, DataFormat.AUTO, ReadRules.any(), problems);
        ExampleReader.read(missing, DataFormat.AUTO, ReadRules.any(), problems);
        ExampleReader.read(folder, DataFormat.AUTO, ReadRules.any(), problems);
        assertThat(read.examples()).hasSize(1);
        assertThat(problems.all()).hasSize(2);
        assertThat(problems.all().getFirst()).contains("missing.jsonl: does not exist");
        assertThat(problems.all().getLast()).contains("is a folder");
    }

    @Test
    void aMistypedFormatNamesTheNearest() {
        assertThat(DataFormat.of("prompt-completion")).isEqualTo(DataFormat.PROMPT_COMPLETION);
        assertThatThrownBy(() -> DataFormat.of("message"))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("Did you mean 'messages'?");
    }

    private ReadResult read(String name, String content) {
        return ExampleReader.read(file(name, content), DataFormat.AUTO, ReadRules.any());
    }

    private Example only(String name, String content) {
        var examples = read(name, content).examples();
        assertThat(examples).hasSize(1);
        return examples.getFirst();
    }

    private Path file(String name, String content) {
        try {
            return Files.write(folder.resolve(name), content.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
