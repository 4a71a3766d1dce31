package dev.sartor.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.Problems;
import dev.sartor.core.SartorException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every bad row is named with file and line, all of them at once, and good rows between them are not.
class BadRowsTest {
    private static final ReadRules LABELS =
            new ReadRules(List.of("card", "fee", "refund"), "text", "label", Optional.empty());

    @TempDir Path folder;

    @Test
    void allKindsOfBadLinesAreNamedAtOnce() {
        var content =
                """
                {"id":"a","text":"good","label":"card"}
                {"text":"not JSON","label":
                {"text":"no label"}
                {"text":"empty","label":"  "}
                {"text":"unknown","label":"refunds"}

                ["not", "an object"]
                {"text":"caf\u00e9","label":"fee"}
                {"id":"a","text":"the same id","label":"fee"}
                {"text":"good too","label":"fee"}
                {"text":"twice","text":"named","label":"fee"}
                {"text":"half \\ud83d","label":"fee"}
                {"text":{"deep":1},"label":"fee"}
                """;
        var bytes = content.getBytes(StandardCharsets.ISO_8859_1); // é becomes one byte
        var found = problems("t.jsonl", bytes, LABELS);
        assertThat(found)
                .extracting(problem -> problem.replaceFirst("^.*t\\.jsonl:", ""))
                .satisfiesExactly(
                        p -> assertThat(p).startsWith("2: is not JSON: "),
                        p -> assertThat(p).startsWith("3: lacks 'label'; it has text."),
                        p -> assertThat(p).isEqualTo("4: 'label' is empty."),
                        p ->
                                assertThat(p)
                                        .isEqualTo(
                                                "5: unknown label 'refunds'; the task's labels are card, fee,"
                                                        + " refund. Did you mean 'refund'?"),
                        p -> assertThat(p).startsWith("7: must be a JSON object"),
                        p ->
                                assertThat(p)
                                        .isEqualTo(
                                                "8: is not UTF-8: byte 0xE9 at byte 13 of the line. Save the"
                                                        + " file as UTF-8."),
                        p -> assertThat(p).isEqualTo("9: has the id 'a' of line 1."),
                        p -> assertThat(p).startsWith("11: is not JSON: Duplicate"),
                        p -> assertThat(p).startsWith("12: 'text' holds half of a surrogate pair"),
                        p ->
                                assertThat(p)
                                        .startsWith(
                                                "13: 'text' must be a text, got '{\"deep\":1}'"));
    }

    @Test
    void theErrorIsTheUsersAndCountsTheProblems() {
        var path = write("t.jsonl", "{\n[\n".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> ExampleReader.read(path, DataFormat.AUTO, LABELS))
                .isInstanceOfSatisfying(
                        SartorException.class,
                        e -> assertThat(e.kind()).isEqualTo(SartorException.Kind.USER))
                .hasMessageContaining("t.jsonl:1: is not JSON")
                .hasMessageContaining("t.jsonl:2: is not JSON")
                .hasMessageContaining("2 problems; nothing was started.");
    }

    @Test
    void badCsvRowsAreNamedByTheirFirstLine() {
        var found =
                problems(
                        "t.csv",
                        "id,text,label\n1,\"two\nlines\",crad\n2,a,card,more\n3,,card\n2,b,fee\n,c,fee\n3,d,fee\n");
        assertThat(found)
                .extracting(problem -> problem.replaceFirst("^.*t\\.csv:", ""))
                .satisfiesExactly(
                        p ->
                                assertThat(p)
                                        .startsWith("2: unknown label 'crad'")
                                        .endsWith("'card'?"),
                        p -> assertThat(p).startsWith("4: has 4 cells, but the first row names 3"),
                        p -> assertThat(p).isEqualTo("5: 'text' is empty."),
                        p -> assertThat(p).isEqualTo("7: 'id' is empty."),
                        p -> assertThat(p).isEqualTo("8: has the id '3' of line 5."));
    }

    @Test
    void aCsvFileWithoutTheColumnSaysSoOnce() {
        assertThat(problems("t.csv", "text,lable\na,card\nb,fee\n", DataFormat.TEXT_LABEL))
                .singleElement()
                .asString()
                .endsWith("t.csv:1: lacks 'label'; it has text, lable. Did you mean 'lable'?");
        assertThat(problems("t.csv", "text,category\na,card\nb,fee\n"))
                .singleElement()
                .asString()
                .contains("t.csv:1: fits no known format: it has text, category.")
                .contains("text-label (text, label)");
        assertThat(problems("t.csv", "text,label,text\na,card,b\n"))
                .singleElement()
                .asString()
                .endsWith("t.csv:1: names the column 'text' twice.");
    }

    @Test
    void anUnclosedQuoteIsNamedByTheRowThatOpensIt() {
        assertThat(problems("t.csv", "text,label\ngood,card\n\"open,fee\nmore,fee\n"))
                .singleElement()
                .asString()
                .contains("t.csv:3: is not CSV: ")
                .contains("Rows after it were not read");
    }

    @Test
    void aCsvRowThatIsNotUtf8IsNamed() {
        var bytes = "text,label\ngood,card\ncaf\u00e9,fee\n".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(problems("t.csv", bytes, LABELS))
                .singleElement()
                .asString()
                .contains("t.csv:3: is not UTF-8: byte 0xE9 at byte 4");
    }

    @Test
    void aBrokenArrayIsNamedWhereItBreaks() {
        assertThat(
                        problems(
                                "t.json",
                                "[\n{\"text\":\"a\",\"label\":\"card\"},\n{\"text\":\"b\" \"label\"}\n]"))
                .singleElement()
                .asString()
                .contains("t.json:3: is not JSON: ")
                .endsWith("Rows after it were not read.");
        assertThat(problems("t.json", "[{\"text\":\"a\",\"label\":\"card\"},"))
                .singleElement()
                .asString()
                .contains("t.json:1: is not JSON: ");
    }

    @Test
    void anElementThatIsNoObjectDoesNotEndAnArray() {
        assertThat(
                        problems(
                                "t.json",
                                "[\n{\"text\":\"a\",\"label\":\"card\"},\n7,\n{\"text\":\"\",\"label\":\"fee\"}\n]"))
                .satisfiesExactly(
                        p -> assertThat(p).contains("t.json:3: must be a JSON object, got '7'"),
                        p -> assertThat(p).contains("t.json:4: 'text' is empty."));
    }

    @Test
    void badConversationsSayWhatIsWrong() {
        var content =
                """
                {"messages":[{"role":"user","content":"a"}]}
                {"messages":[{"role":"assistant","content":"a"}]}
                {"messages":[{"role":"usr","content":"a"},{"role":"assistant","content":""}]}
                {"messages":[]}
                {"messages":[{"role":"user","content":"a"},{"role":"assistant","content":"b","tool_calls":[{}]}]}
                {"messages":[{"role":"user"},{"role":"assistant","content":"b"}]}
                {"messages":["a"]}
                """;
        assertThat(problems("c.jsonl", content.getBytes(StandardCharsets.UTF_8), ReadRules.any()))
                .extracting(problem -> problem.replaceFirst("^.*c\\.jsonl:", ""))
                .satisfiesExactly(
                        p ->
                                assertThat(p)
                                        .startsWith(
                                                "1: 'messages' must end with the assistant's turn"),
                        p ->
                                assertThat(p)
                                        .startsWith(
                                                "2: 'messages' before the answer must end with"),
                        p ->
                                assertThat(p)
                                        .startsWith("3: messages[0].role must be one of")
                                        .endsWith("'user'?"),
                        p -> assertThat(p).isEqualTo("3: messages[1].content is empty."),
                        p -> assertThat(p).startsWith("4: 'messages' must be a list"),
                        p -> assertThat(p).startsWith("5: messages[1] calls tools"),
                        p -> assertThat(p).isEqualTo("6: messages[0] lacks 'content'."),
                        p -> assertThat(p).startsWith("7: messages[0] must be an object"));
    }

    /// Who could not say who may read a row did not mean all the world.
    @Test
    void aBlankReadersCellIsRefusedWithItsLine() {
        var cells = "text,label,readers\na,b,\nc,d,  \ne,f,group:sales\n";
        assertThat(problems("r.csv", cells.getBytes(StandardCharsets.UTF_8), ReadRules.any()))
                .extracting(problem -> problem.replaceFirst("^.*r\\.csv:", ""))
                .satisfiesExactly(
                        p -> assertThat(p).startsWith("2: 'readers' must name at least one"),
                        p ->
                                assertThat(p)
                                        .isEqualTo(
                                                "3: 'readers' must name at least one reader, such as"
                                                        + " [\"group:sales\"], got nothing. Where"
                                                        + " everyone may read the row, write everyone,"
                                                        + " or leave the field out."));
        var lines =
                """
                {"prompt":"a","completion":"b","readers":null}
                {"prompt":"c","completion":"d","readers":""}
                {"prompt":"e","completion":"f","readers":"sales"}
                {"prompt":"g","completion":"h","readers":"!group:sales"}
                {"prompt":"i","completion":"j"}
                """;
        assertThat(problems("r.jsonl", lines.getBytes(StandardCharsets.UTF_8), ReadRules.any()))
                .extracting(problem -> problem.replaceFirst("^.*r\\.jsonl:", ""))
                .satisfiesExactly(
                        p -> assertThat(p).startsWith("1: 'readers' must name at least one"),
                        p -> assertThat(p).startsWith("2: 'readers' must name at least one"),
                        p -> assertThat(p).startsWith("3: 'readers' must hold names such as"),
                        p -> assertThat(p).startsWith("4: 'readers' must hold names such as"));
    }

    @Test
    void badPairsSayWhatIsWrong() {
        var content =
                """
                {"prompt":[{"role":"assistant","content":"a"}],"completion":"x"}
                {"prompt":"a","completion":[{"role":"user","content":"b"}]}
                {"prompt":"a","completion":null}
                {"prompt":"a","completion":"b","readers":[]}
                {"prompt":"a","completion":"b","readers":[7]}
                """;
        assertThat(problems("p.jsonl", content.getBytes(StandardCharsets.UTF_8), ReadRules.any()))
                .extracting(problem -> problem.replaceFirst("^.*p\\.jsonl:", ""))
                .satisfiesExactly(
                        p -> assertThat(p).startsWith("1: 'prompt' must end with the user's turn"),
                        p -> assertThat(p).startsWith("2: 'completion' must be one turn"),
                        p -> assertThat(p).startsWith("3: 'completion' is null: give it a value"),
                        p -> assertThat(p).startsWith("4: 'readers' must name at least one"),
                        p -> assertThat(p).startsWith("5: 'readers' must name at least one"));
    }

    @Test
    void aQuestionWithoutAnswerIsAProblemWhereTheTaskHasNoneForIt() {
        var content =
                """
                {"question":"a?","answers":{"text":[]}}
                {"question":"b?","answers":{"text":[""]}}
                {"question":"c?","answers":"text"}
                {"question":"d?","answers":{"text":["x"]},"is_impossible":true}
                """;
        assertThat(problems("s.jsonl", content.getBytes(StandardCharsets.UTF_8), ReadRules.any()))
                .satisfiesExactly(
                        p ->
                                assertThat(p)
                                        .contains("s.jsonl:1: has no answer")
                                        .contains("'unanswerable'"),
                        p -> assertThat(p).contains("s.jsonl:2: answers[0] is empty."),
                        p -> assertThat(p).contains("s.jsonl:3: 'answers' must be"),
                        p -> assertThat(p).contains("s.jsonl:4: 'is_impossible' is true, yet"));
    }

    @Test
    void aTruncatedSquadDocumentIsNamedWhereItEnds() {
        var cut = SquadSample.NESTED.substring(0, SquadSample.NESTED.indexOf("Who built"));
        assertThat(problems("s.json", cut.getBytes(StandardCharsets.UTF_8), ReadRules.any()))
                .singleElement()
                .asString()
                .contains("s.json:12: is not JSON: ");
        assertThat(problems("s.json", SquadSample.NESTED, DataFormat.MESSAGES).getFirst())
                .contains("is a SQuAD document, not rows of messages");
    }

    @Test
    void filesThatAreNotTextAreNamedOnce() {
        assertThat(problems("u.jsonl", "{}".getBytes(StandardCharsets.UTF_16), LABELS))
                .singleElement()
                .asString()
                .endsWith("is UTF-16: save it as UTF-8.");
        assertThat(problems("t.parquet", "PAR1...."))
                .singleElement()
                .asString()
                .contains("is Parquet");
        assertThat(problems("t.csv", "PK\3\4....")).singleElement().asString().contains("unpack");
        assertThat(problems("t.jsonl", "\n\n")).singleElement().asString().endsWith("has no rows.");
        assertThat(problems("t.csv", "text,label\n"))
                .singleElement()
                .asString()
                .endsWith("has no rows.");
        assertThat(problems("t.json", "[]")).singleElement().asString().endsWith("has no rows.");
        assertThat(problems("t.json", "")).singleElement().asString().endsWith("has no rows.");
    }

    private List<String> problems(String name, String content) {
        return problems(name, content, DataFormat.AUTO);
    }

    private List<String> problems(String name, String content, DataFormat format) {
        var problems = new Problems();
        var path = write(name, content.getBytes(StandardCharsets.UTF_8));
        ExampleReader.read(path, format, LABELS, problems);
        return problems.all();
    }

    private List<String> problems(String name, byte[] content, ReadRules rules) {
        var problems = new Problems();
        ExampleReader.read(write(name, content), DataFormat.AUTO, rules, problems);
        return problems.all();
    }

    private Path write(String name, byte[] content) {
        try {
            return Files.write(folder.resolve(name), content);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
