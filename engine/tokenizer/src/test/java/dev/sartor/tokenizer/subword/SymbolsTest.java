package dev.sartor.tokenizer.subword;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class SymbolsTest {
    /// By the book: as long as any pair can merge, the one of the lowest rank does, the leftmost of equals.
    private static List<Integer> byTheBook(List<Integer> symbols, MergeTable merges) {
        var ids = new ArrayList<>(symbols);
        while (true) {
            int best = -1;
            long lowest = MergeTable.NONE;
            for (int i = 0; i + 1 < ids.size(); i++) {
                long merge = merges.find(ids.get(i), ids.get(i + 1));
                if (merge != MergeTable.NONE
                        && (best < 0 || MergeTable.rank(merge) < MergeTable.rank(lowest))) {
                    best = i;
                    lowest = merge;
                }
            }
            if (best < 0) {
                return ids;
            }
            ids.set(best, MergeTable.merged(lowest));
            ids.remove(/* index */ best + 1);
        }
    }

    @RepeatedTest(40)
    void shortAndLongWordsMergeByTheBook(RepetitionInfo repetition) {
        var random = new SplittableRandom(repetition.getCurrentRepetition());
        int letters = 3 + random.nextInt(4);
        var merges = new MergeTable(200);
        int made = letters;
        for (int rank = 0; rank < 60; rank++) {
            // several merges may share a rank, as sentencepiece's scores do
            merges.put(random.nextInt(made), random.nextInt(made), rank / 2, made);
            made++;
        }
        for (int length : new int[] {0, 1, 2, 5, 23, 24, 25, 26, 60, 300}) {
            var symbols = new Symbols(4);
            var ids = new ArrayList<Integer>();
            for (int i = 0; i < length; i++) {
                int id = random.nextInt(letters);
                ids.add(id);
                symbols.add(id, i, i + 1);
            }
            var pieces = symbols.merged(merges);
            assertThat(pieces.ids())
                    .containsExactly(
                            byTheBook(ids, merges).stream().mapToInt(Integer::intValue).toArray());
            int at = 0;
            for (int i = 0; i < pieces.ids().length; i++) {
                assertThat(pieces.starts()[i]).isEqualTo(at);
                at = pieces.ends()[i];
            }
            assertThat(at).isEqualTo(length);
        }
    }

    @Test
    void theTableFindsWhatWasPutLastAndNothingElse() {
        var random = new SplittableRandom(6);
        var table = new MergeTable(5000);
        var expected = new HashMap<List<Integer>, List<Integer>>();
        for (int rank = 0; rank < 5000; rank++) {
            int left = random.nextInt(300);
            int right = random.nextInt(300);
            table.put(left, right, rank, 7 * rank);
            expected.put(List.of(left, right), List.of(rank, 7 * rank));
        }
        for (int left = 0; left < 300; left++) {
            for (int right = 0; right < 300; right++) {
                long found = table.find(left, right);
                var wanted = expected.get(List.of(left, right));
                if (wanted == null) {
                    assertThat(found).isEqualTo(MergeTable.NONE);
                } else {
                    assertThat(List.of(MergeTable.rank(found), MergeTable.merged(found)))
                            .isEqualTo(wanted);
                }
            }
        }
    }

    @Test
    void unknownSymbolsInARowCanBeOne() {
        var symbols = new Symbols(2);
        assertThat(symbols.widenLast(3, 1)).isFalse();
        symbols.add(3, 0, 1);
        assertThat(symbols.widenLast(4, 2)).isFalse();
        assertThat(symbols.widenLast(3, 2)).isTrue();
        var pieces = symbols.merged(new MergeTable(1));
        assertThat(pieces.ids()).containsExactly(3);
        assertThat(pieces.ends()).containsExactly(2);
    }
}
