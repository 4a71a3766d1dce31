package dev.sartor.cli.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.cli.console.Screen;
import dev.sartor.core.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

public class ModelsTokenizeCommandTest {
    /// Words apart by blanks, one control token, a token put before each text.
    public static final String TOKENIZER =
            """
            {"version": "1.0", "normalizer": null, "pre_tokenizer": {"type": "Whitespace"},
             "added_tokens": [
               {"id": 0, "content": "<s>", "special": true, "normalized": false, "single_word": false, "lstrip": false, "rstrip": false}],
             "post_processor": {"type": "TemplateProcessing",
               "single": [{"SpecialToken": {"id": "<s>", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}],
               "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 0}}],
               "special_tokens": {"<s>": {"id": "<s>", "ids": [0], "tokens": ["<s>"]}}},
             "decoder": {"type": "WordPiece", "prefix": "##", "cleanup": false},
             "model": {"type": "WordPiece", "unk_token": "?", "continuing_subword_prefix": "##",
               "max_input_chars_per_word": 100,
               "vocab": {"<s>": 0, "?": 1, "my": 2, "bike": 3, "##s": 4, "<": 5, "s": 6, ">": 7}}}
            """;

    @TempDir Path folder;

    private final Screen screen = Screen.file();

    @BeforeEach
    void aTokenizer() throws IOException {
        Files.writeString(folder.resolve("tokenizer.json"), TOKENIZER);
    }

    private int tokenize(String... more) {
        var args = new java.util.ArrayList<>(java.util.List.of("models", "tokenize"));
        args.add(folder.toString());
        args.addAll(java.util.List.of(more));
        return screen.sartor(args.toArray(String[]::new));
    }

    @Test
    void aTextsTokensStandUnderEachOther() {
        assertThat(tokenize("my bikes")).isZero();
        assertThat(screen.results())
                .isEqualTo(
                        """
                        ID  TOKEN  TEXT
                         0  <s>    (added)
                         2  my     "my"
                         3  bike   "bike"
                         4  ##s    "s"
                        4 tokens
                        """);
    }

    @Test
    void offsetsCountCodePointsAsElsewhere() {
        assertThat(tokenize("🚲 my", "--json", "--bare")).isZero();
        var json = Json.mapper().readTree(screen.results());
        assertThat(json.get("ids").toString()).isEqualTo("[1,2]");
        assertThat(json.get("offsets").toString()).isEqualTo("[[0,1],[2,4]]");
    }

    @Test
    void aControlTokensTextIsPlainTextUnlessItIsTrusted() {
        assertThat(tokenize("<s>", "--json", "--bare")).isZero();
        assertThat(tokenize("<s>", "--json", "--bare", "--trusted")).isZero();
        var lines = screen.results().lines().toList();
        assertThat(lines.getFirst()).startsWith("{\"ids\":[5,6,7]");
        assertThat(lines.getLast()).startsWith("{\"ids\":[0]");
    }

    @Test
    void eachRowGetsALine() throws IOException {
        var rows =
                Files.writeString(
                        folder.resolve("rows.jsonl"), "{\"text\": \"my\"}\n\n\"bikes\"\n");
        assertThat(tokenize("--jsonl", rows.toString())).isZero();
        assertThat(
                        screen.results()
                                .lines()
                                .map(l -> Json.mapper().readTree(l).get("ids").toString()))
                .containsExactly("[0,2]", "[0,3,4]");
    }

    @Test
    void theRowsTokensAreCounted() throws IOException {
        Files.writeString(folder.resolve("config.json"), "{\"max_position_embeddings\": 2}");
        var rows =
                Files.writeString(
                        folder.resolve("rows.jsonl"), "\"my\"\n\"bikes\"\n\"my my my\"\n\"my\"\n");
        assertThat(tokenize("--jsonl", rows.toString(), "--summary", "--json")).isZero();
        assertThat(screen.results())
                .isEqualTo(
                        """
                        {"rows":4,"tokens":11,"min":2,"median":2,"p95":4,"max":4,"context":2,"over_context":2}
                        """);
        assertThat(tokenize("--jsonl", rows.toString())).isZero();
        assertThat(screen.remarks())
                .contains(
                        "4 rows, 11 tokens; a row has 2 to 4, half of them up to 2, 95 % up to 4;"
                                + " 2 are longer than the context of 2");
    }

    @Test
    void specialTokensAreMarked() {
        assertThat(tokenize("my", "--special")).isZero();
        assertThat(screen.results())
                .isEqualTo(
                        """
                        ID  TOKEN  SPECIAL  TEXT
                         0  <s>    yes      (added)
                         2  my              "my"
                        2 tokens
                        """);
    }

    @Test
    void everyBadRowIsNamedAndNothingIsPrinted() throws IOException {
        var rows =
                Files.writeString(
                        folder.resolve("rows.jsonl"), "\"my\"\n{\"txt\": \"my\"}\n{\n[\"my\"]\n");
        assertThat(tokenize("--jsonl", rows.toString())).isEqualTo(2);
        assertThat(screen.remarks())
                .contains(rows + ":2: ", rows + ":3: ", rows + ":4: ", "3 problems");
        assertThat(screen.results()).isEmpty();
    }

    @Test
    void aTextAndAFileAreNotBothTakenNorNeither() {
        assertThat(tokenize()).isEqualTo(2);
        assertThat(tokenize("my", "--jsonl", "x")).isEqualTo(2);
        assertThat(screen.remarks()).contains("either a TEXT or --jsonl is needed");
    }
}
