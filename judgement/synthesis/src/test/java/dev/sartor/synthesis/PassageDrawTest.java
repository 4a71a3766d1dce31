package dev.sartor.synthesis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.core.Pages;
import dev.sartor.core.Readers;
import dev.sartor.retrieve.text.Chunk;
import dev.sartor.synthesis.check.QuestionKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PassageDrawTest {
    private static final String TEXT =
            "A passage of quite a few words, so that there is something in it to ask about";

    private static Chunk chunk(String document, int number, String text, Readers readers) {
        return new Chunk(
                document + "#" + number, document, document, "", text, readers, Pages.none());
    }

    private static List<Chunk> chunks(String document, int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> chunk(document, i, TEXT, Readers.everyone()))
                .toList();
    }

    @Test
    void aLongDocumentIsAskedAboutNoSoonerAgainThanAllOthersOnce() {
        var all = new ArrayList<>(chunks("long.md", 50));
        all.addAll(chunks("short.md", 1));
        all.addAll(chunks("other.md", 2));

        var draw = PassageDraw.of(all, 7);

        var first =
                IntStream.range(0, 3)
                        .mapToObj(i -> all.get(draw.turn(i).passage()).document())
                        .toList();
        assertThat(first).containsExactlyInAnyOrder("long.md", "short.md", "other.md");
    }

    @Test
    void everyPassageIsAskedAboutBeforeAnyAgainAndThenForSomethingElse() {
        var draw = PassageDraw.of(chunks("one.md", 8), 1);

        var round = new HashSet<Integer>();
        IntStream.range(0, 8).forEach(i -> round.add(draw.turn(i).passage()));

        assertThat(round).hasSize(8);
        assertThat(draw.turn(8).passage()).isEqualTo(draw.turn(0).passage());
        assertThat(draw.turn(8).kind()).isNotEqualTo(draw.turn(0).kind());
    }

    @Test
    void numbersAndDaysAreAskedForWhereThereAreSome() {
        var draw = PassageDraw.of(chunks("one.md", 40), 1);

        assertThat(IntStream.range(0, 200).mapToObj(i -> draw.turn(i).kind()))
                .doesNotContain(QuestionKind.NUMBER, QuestionKind.TIME);
    }

    @Test
    void aPassageWhoseRuleNoRowCanSayIsLeftOutAndCounted() {
        var denied = Readers.noneOf(Set.of("group:trainees"));
        var both = Readers.anyOf(Set.of("group:a")).and(Readers.anyOf(Set.of("group:b")));
        var all = new ArrayList<>(chunks("one.md", 2));
        all.add(chunk("denied.md", 1, TEXT, denied));
        all.add(chunk("both.md", 1, TEXT, both));
        all.add(chunk("tiny.md", 1, "Too short.", Readers.everyone()));

        var draw = PassageDraw.of(all, 1);

        assertThat(IntStream.range(0, 20).mapToObj(i -> all.get(draw.turn(i).passage()).document()))
                .containsOnly("one.md");
        assertThat(draw.notes())
                .anyMatch(note -> note.startsWith("2 of 5 passages") && note.contains("a denial"))
                .anyMatch(note -> note.startsWith("1 of 5 passages") && note.contains("12 words"));
    }
}
