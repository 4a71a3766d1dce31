package dev.sartor.retrieve.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.core.Readers;
import dev.sartor.core.work.Progress;
import dev.sartor.documents.Document;
import dev.sartor.documents.Section;
import dev.sartor.retrieve.ChunkSettings;
import dev.sartor.retrieve.HashedWords;
import dev.sartor.retrieve.search.IndexBuilder;
import dev.sartor.retrieve.search.IndexSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChunkerTest {
    private static final ToIntFunction<String> WORDS = HashedWords.usual()::countTokens;

    private static Chunker chunker(int tokens, int overlap) {
        return new Chunker(new ChunkSettings(tokens, overlap), WORDS);
    }

    private static String words(String stem, int from, int count) {
        return IntStream.range(from, from + count)
                .mapToObj(i -> stem + i)
                .collect(Collectors.joining(" "));
    }

    private static Document document(Section... sections) {
        return new Document("a.md", "Title", List.of(sections), Readers.everyone());
    }

    @Test
    void noChunkIsLongerThanTheLimitAndNoWordIsLost() {
        var random = new Random(7);
        for (int trial = 0; trial < 200; trial++) {
            var blocks = new ArrayList<String>();
            for (int block = 0; block < 1 + random.nextInt(5); block++) {
                var text = new StringBuilder();
                for (int s = 0; s < 1 + random.nextInt(6); s++) {
                    text.append(
                                    words(
                                            "W" + trial + "x" + block + "y" + s + "z",
                                            0,
                                            1 + random.nextInt(40)))
                            .append(random.nextBoolean() ? ". " : "\n");
                }
                blocks.add(text.toString().strip());
            }
            var chunks =
                    chunker(32, random.nextInt(17))
                            .chunks(document(new Section(List.of("A"), blocks)));
            assertThat(chunks)
                    .allSatisfy(c -> assertThat(WORDS.applyAsInt(c.text())).isBetween(1, 32));
            var kept =
                    chunks.stream()
                            .flatMap(c -> List.of(c.text().split("\\s+")).stream())
                            .distinct()
                            .toList();
            assertThat(kept).containsExactly(String.join(" ", blocks).split("\\s+"));
        }
    }

    @Test
    void sectionsAreNotMixed() {
        var chunks =
                chunker(40, 20)
                        .chunks(
                                document(
                                        new Section(List.of("T", "A"), List.of(words("a", 0, 20))),
                                        new Section(
                                                List.of("T", "B"), List.of(words("b", 0, 20)))));
        assertThat(chunks)
                .extracting(Chunk::text)
                .containsExactly(words("a", 0, 20), words("b", 0, 20));
        assertThat(chunks).extracting(Chunk::section).containsExactly("T › A", "T › B");
        assertThat(chunks).extracting(Chunk::id).containsExactly("a.md#1", "a.md#2");
    }

    @Test
    void tinyNeighboursUnderOneHeadingAreJoinedUntilTheyAreTinyNoMore() {
        var chunks =
                chunker(40, 0)
                        .chunks(
                                document(
                                        new Section(List.of("T", "A"), List.of("a1 a2 a3")),
                                        new Section(List.of("T", "B"), List.of("b1 b2 b3 b4")),
                                        new Section(List.of("T", "C"), List.of("c1")),
                                        new Section(List.of("Other"), List.of("o1"))));
        assertThat(chunks)
                .extracting(Chunk::section, Chunk::text)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                "T", "A\na1 a2 a3\n\nB\nb1 b2 b3 b4\n\nC\nc1"),
                        org.assertj.core.groups.Tuple.tuple("Other", "o1"));
    }

    @Test
    void sentencesAreKeptWholeAndTheLastShortOnesAreRepeated() {
        var text = words("a", 0, 12) + ". Short one here. " + words("B", 0, 12) + ".";
        var chunks = chunker(20, 5).chunks(document(new Section(List.of("A"), List.of(text))));
        assertThat(chunks)
                .extracting(Chunk::text)
                .containsExactly(
                        words("a", 0, 12) + ". Short one here.",
                        "Short one here. " + words("B", 0, 12) + ".");
    }

    @Test
    void aWordLongerThanTheLimitIsCutAtWholeCharacters() {
        ToIntFunction<String> characters = text -> text.codePointCount(0, text.length());
        var chunker = new Chunker(new ChunkSettings(16, 0), characters);
        var chunks = chunker.chunks(document(new Section(List.of(), List.of("🦊".repeat(50)))));
        assertThat(chunks).allSatisfy(c -> assertThat(c.text()).matches("(🦊){1,16}"));
        assertThat(chunks.stream().map(Chunk::text).collect(Collectors.joining()))
                .isEqualTo("🦊".repeat(50));
    }

    @Test
    void titleAndHeadingsAreIndexedWithTheTextAndNotTwice() {
        var text = words("a", 0, 20);
        var section = new Section(List.of("Title", "A"), List.of(text));
        var other = new Section(List.of("B"), List.of(text));
        var top = new Section(List.of(), List.of(text));
        assertThat(chunker(40, 0).chunks(document(top, section, other)))
                .extracting(Chunk::indexed)
                .containsExactly("Title\n" + text, "Title › A\n" + text, "Title › B\n" + text);
    }

    @Test
    void rowsOfALongTableKeepItsHeader() {
        var table =
                IntStream.range(0, 9)
                        .mapToObj(i -> "| part" + i + " | " + i + " euros |")
                        .collect(Collectors.joining("\n", "| Part | Price |\n", ""));
        var chunks =
                chunker(20, 8)
                        .chunks(document(new Section(List.of("A"), List.of(table, "After it."))));
        assertThat(chunks).hasSizeGreaterThan(3);
        assertThat(chunks.getLast().text()).endsWith("After it.");
        assertThat(chunks)
                .filteredOn(c -> c.text().contains("euros"))
                .allSatisfy(c -> assertThat(c.text()).startsWith("| Part | Price |\n| part"))
                .allSatisfy(c -> assertThat(WORDS.applyAsInt(c.text())).isLessThanOrEqualTo(20));
        var rows = chunks.stream().map(Chunk::text).collect(Collectors.joining("\n"));
        assertThat(rows.split("euros", -1)).hasSize(10);
    }

    @Test
    void linesOfCodeWithBarsInThemAreNoTable() {
        var code = IntStream.range(0, 9).mapToObj(i -> "x" + i + " = a" + i + " or b;").toList();
        var chunks =
                chunker(16, 0)
                        .chunks(document(new Section(List.of(), List.of(String.join("\n", code)))));
        assertThat(chunks.stream().map(Chunk::text).collect(Collectors.joining("\n")))
                .isEqualTo(String.join("\n", code));
    }

    /// Where words are counted, a picture written in letters is one.
    @Test
    void whatIsNoWordIsCutLikeText() {
        var tokens =
                new IndexBuilder(IndexSettings.usual(), Optional.empty(), Progress.silent())
                        .tokens();
        var document = Document.of("a.md", "A", "Q".repeat(1_000_000), Readers.everyone());
        var chunks = new Chunker(IndexSettings.usual().chunks(), tokens).chunks(document);
        assertThat(chunks).allSatisfy(c -> assertThat(c.text()).hasSizeLessThan(6_000));
        assertThat(String.join("", chunks.stream().map(Chunk::text).toList())).hasSize(1_000_000);
    }
}
