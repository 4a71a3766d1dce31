package dev.sartor.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.Json;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.tokenizer.Tokenizer;
import dev.sartor.tokenizer.file.TokenizerReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Whole texts as rows: cut, holed, hidden.
class PlainTextRowsTest {
    private static final Path WORDS =
            Path.of("..", "generate", "src", "test", "resources", "embedders", "mean-normalised");
    private static final String TEXT = "the cat sat on the mat and the sun is away over it";

    @TempDir Path folder;

    private Tokenizer withFillTokens() throws IOException {
        var words = (ObjectNode) Json.read(WORDS.resolve("tokenizer.json"));
        var added = (ArrayNode) words.get("added_tokens");
        int id = 120;
        for (var name : List.of("<fim_prefix>", "<fim_suffix>", "<fim_middle>")) {
            ((ObjectNode) words.at("/model/vocab")).put(name, id);
            var token = added.get(0).deepCopy();
            ((ObjectNode) token).put("id", id++).put("content", name);
            added.add(token);
        }
        AtomicFile.write(folder.resolve("tokenizer.json"), Json.pretty(words));
        Files.copy(WORDS.resolve("tokenizer_config.json"), folder.resolve("tokenizer_config.json"));
        return TokenizerReader.open(folder);
    }

    @Test
    void windowsLearnEveryTokenButTheFirstOnce() {
        var tokenizer = TokenizerReader.open(WORDS);
        var whole = new TextWindows(tokenizer, 1000).of(TEXT).getFirst().ids();
        var windows = new TextWindows(tokenizer, 5).of(TEXT);
        assertThat(windows).allMatch(row -> row.ids().length <= 5);
        var learned = new ArrayList<Integer>(List.of(whole[0]));
        for (var row : windows) {
            row.learned().stream().forEach(place -> learned.add(row.ids()[place]));
        }
        assertThat(learned).containsExactlyElementsOf(Arrays.stream(whole).boxed().toList());
    }

    @Test
    void aMiddleStandsBehindBothOfItsSidesInTwoOrders() throws IOException {
        var tokenizer = withFillTokens();
        var holes = FillInTheMiddle.of(tokenizer, "tiny");
        var random = new SplittableRandom(3);
        var whole = tokenizer.decode(tokenizer.encode(TEXT, false), true).replace(" ", "");
        int prefixFirst = 0;
        int suffixFirst = 0;
        for (int i = 0; i < 40; i++) {
            var ids = holes.windows(TEXT, 1000, random).getFirst().ids();
            int prefix = place(ids, holes.prefix());
            int suffix = place(ids, holes.suffix());
            int middle = place(ids, holes.middle());
            assertThat(prefix).isLessThan(suffix);
            assertThat(suffix).isLessThan(middle);
            boolean isPrefixFirst = suffix > prefix + 1;
            prefixFirst += isPrefixFirst ? 1 : 0;
            suffixFirst += isPrefixFirst ? 0 : 1;
            if (isPrefixFirst) {
                var restored =
                        text(tokenizer, ids, prefix + 1, suffix)
                                + text(tokenizer, ids, middle + 1, ids.length)
                                + text(tokenizer, ids, suffix + 1, middle);
                assertThat(restored.length()).isCloseTo(whole.length(), within());
            }
        }
        assertThat(prefixFirst).isBetween(8, 32);
        assertThat(suffixFirst).isBetween(8, 32);
    }

    /// Pieces that begin within a word have other letters' marks.
    private static Offset<Integer> within() {
        return Offset.offset(6);
    }

    private static int place(int[] ids, int token) {
        int at = 0;
        while (ids[at] != token) {
            at++;
        }
        return at;
    }

    private static String text(Tokenizer tokenizer, int[] ids, int from, int to) {
        return tokenizer
                .decode(Arrays.copyOfRange(ids, from, to), true)
                .replace(" ", "")
                .replace("##", "");
    }

    @Test
    void aTextThatIsTooLongIsHoledInPieces() throws IOException {
        var holes = FillInTheMiddle.of(withFillTokens(), "tiny");
        var rows = holes.windows(TEXT.repeat(4), 20, new SplittableRandom(1));
        assertThat(rows).hasSizeGreaterThan(2).allMatch(row -> row.ids().length <= 20);
        assertThat(rows)
                .allMatch(row -> Arrays.stream(row.ids()).anyMatch(id -> id == holes.middle()));
    }

    @Test
    void aTokenizerWithoutTokensForAMiddleIsRefused() {
        assertThatThrownBy(() -> FillInTheMiddle.of(TokenizerReader.open(WORDS), "tiny"))
                .hasMessageContaining("trainings.fim_rate must be 0 for tiny");
    }

    @Test
    void hiddenWordsStandBetweenTheTokensThatATextStandsBetween() {
        var tokenizer = TokenizerReader.open(WORDS);
        var hidden = new MaskedLmTexts(tokenizer, "tiny", 8);
        var rows = hidden.windows(TEXT);
        assertThat(rows).hasSizeGreaterThan(1).allMatch(row -> row.ids().length <= 8);
        assertThat(rows).allMatch(row -> row.ids()[0] == 2 && row.ids()[row.ids().length - 1] == 3);
        var words = rows.stream().mapToInt(row -> row.ids().length - 2).sum();
        assertThat(words).isEqualTo(tokenizer.encode(TEXT, false).length);
        assertThat(hidden.masking().special()).contains(0, 2, 3, 4).doesNotContain(9);
    }

    @Test
    void aTextOfOneTokenTeachesNothing() {
        var tokenizer = TokenizerReader.open(WORDS);
        assertThat(new TextWindows(tokenizer, 8).cut(new int[] {9})).isEmpty();
        assertThat(new TextWindows(tokenizer, 8).cut(new int[] {9, 10}))
                .containsExactly(TrainingRow.text(new int[] {9, 10}));
    }
}
