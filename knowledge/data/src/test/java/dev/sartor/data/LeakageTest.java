package dev.sartor.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.core.Example;
import dev.sartor.core.Message;
import dev.sartor.core.Origin;
import dev.sartor.core.Problems;
import dev.sartor.core.Readers;
import dev.sartor.core.Split;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LeakageTest {
    @Test
    void testRowsThatStandElsewhereAreFoundWithBothPlacesAndHowAlikeTheyAre() {
        var train = rows("train", "Where is my card?", "Cancel it", "unique");
        var validation = rows("validation", "where is\u00a0my CARD");
        var test = rows("test", "new", "Where is my card?", "cancel   it!!");
        var found = Leakage.find(train, validation, test);
        assertThat(found.leaks())
                .extracting(
                        leak -> leak.test().origin() + " " + leak.other().origin(),
                        Leakage.Leak::split,
                        Leakage.Leak::kind)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                "test:2 train:1", Split.TRAIN, Leakage.Kind.EXACT),
                        org.assertj.core.groups.Tuple.tuple(
                                "test:2 validation:1", Split.VALIDATION, Leakage.Kind.FOLDED),
                        org.assertj.core.groups.Tuple.tuple(
                                "test:3 train:2", Split.TRAIN, Leakage.Kind.FOLDED));
        var problems = new Problems();
        found.addTo(problems);
        assertThat(problems.all())
                .hasSize(3)
                .first()
                .isEqualTo(
                        "test:2: also stands in train:1 (training), exactly: 'Where is my card?'");
    }

    @Test
    void aSystemMessageDoesNotHideALeak() {
        var train =
                List.of(
                        example(
                                "train",
                                1,
                                List.of(Message.system("Be kind."), Message.user("Hello there"))));
        assertThat(Leakage.find(train, List.of(), rows("test", "hello there")).leaks()).hasSize(1);
    }

    @Test
    void whatLeaksIsDroppedFromTrainingAndValidationAndSaid() {
        var train = rows("train", "A?", "b", "a");
        var validation = rows("validation", "c", "d");
        var test = rows("test", "a", "C");
        var kept = Leakage.find(train, validation, test).dropFromTraining(train, validation);
        assertThat(kept.train()).extracting(Example::text).containsExactly("b");
        assertThat(kept.validation()).extracting(Example::text).containsExactly("d");
        assertThat(kept.said())
                .containsExactly(
                        "2 of 3 training rows were dropped, because they also stand in the test file.",
                        "1 of 2 validation rows were dropped, because they also stand in the test file.");
        assertThat(Leakage.find(kept.train(), kept.validation(), test).isNone()).isTrue();
    }

    @Test
    void withoutLeaksNothingIsDroppedOrSaid() {
        var train = rows("train", "a", "b");
        var found = Leakage.find(train, List.of(), rows("test", "c"));
        assertThat(found.dropFromTraining(train, List.of()).train()).isEqualTo(train);
        assertThat(found.dropFromTraining(train, List.of()).said()).isEmpty();
    }

    @Test
    void foldingKnowsMoreThanAscii() {
        assertThat(Folding.of("«Straße», №\u200b 5…")).isEqualTo(Folding.of("STRASSE No5"));
        assertThat(Folding.of("ＦＵＬＬ　width")).isEqualTo("fullwidth");
        assertThat(Folding.of("cafe\u0301")).isEqualTo(Folding.of("CAFÉ"));
        assertThat(Folding.of("ΟΔΟΣ")).isEqualTo(Folding.of("οδός".replace("ό", "ο")));
    }

    @Test
    void foldingKeepsWhatCarriesMeaning() {
        assertThat(Folding.of("C++")).isNotEqualTo(Folding.of("C"));
        assertThat(Folding.of("5 €")).isNotEqualTo(Folding.of("5 $"));
        assertThat(Folding.of("👍")).isNotEqualTo(Folding.of("👎"));
    }

    @Test
    void inputsOfNothingButPunctuationLeakOnlyWhereTheyAreTheSame() {
        assertThat(Leakage.find(rows("train", "?"), List.of(), rows("test", "!")).isNone())
                .isTrue();
        assertThat(Leakage.find(rows("train", "?"), List.of(), rows("test", "?")).leaks())
                .hasSize(1);
    }

    @Test
    void aTextThatStandsInBothFilesAThousandTimesMakesNoMillionPairs() {
        var same = Collections.nCopies(1000, "a").toArray(String[]::new);
        var train = rows("train", same);
        var found = Leakage.find(train, List.of(), rows("test", same));
        assertThat(found.leaks()).hasSize(5000);
        assertThat(found.dropFromTraining(train, List.of()).train()).isEmpty();
    }

    private static List<Example> rows(String file, String... texts) {
        return IntStream.range(0, texts.length)
                .mapToObj(i -> example(file, i + 1, List.of(Message.user(texts[i]))))
                .toList();
    }

    private static Example example(String file, int line, List<Message> input) {
        return new Example(
                file + ":" + line, input, List.of("x"), Readers.everyone(), new Origin(file, line));
    }
}
