package dev.sartor.curate.leak;

import dev.sartor.curate.similarity.MatchKind;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Gathers what was found of all other rows: of each test row the strongest pairs.
final class LeakTally {
    /// A run of words that stands in more other rows is a phrase of the form or of the language, and says nothing.
    private static final int MOST_OTHERS_OF_A_PHRASE = 10;

    private final TestIndex index;
    private final int tests;
    private final BestOthers same;
    private final BestOthers folded;
    private final BestOthers near;
    private final BestOthers thirteen;
    private final LeakHits.Pairs grams = new LeakHits.Pairs();
    private final byte[] othersOfGram;
    private final int[] lastOfGram;

    LeakTally(TestIndex index, int tests) {
        this.index = index;
        this.tests = tests;
        same = new BestOthers(tests);
        folded = new BestOthers(tests);
        near = new BestOthers(tests);
        thirteen = new BestOthers(tests);
        othersOfGram = new byte[index.rowsByGram().keys()];
        lastOfGram = IntStream.generate(() -> -1).limit(othersOfGram.length).toArray();
    }

    /// Called in the order of the other rows.
    void add(LeakHits hits) {
        for (int i = 0; i < hits.same().count(); i++) {
            same.add(hits.same().first(i), hits.same().other(i), 1);
        }
        for (int i = 0; i < hits.folded().count(); i++) {
            folded.add(hits.folded().first(i), hits.folded().other(i), 1);
        }
        for (int i = 0; i < hits.near().count(); i++) {
            near.add(hits.near().first(i), hits.near().other(i), hits.likeness(i));
        }
        for (int i = 0; i < hits.grams().count(); i++) {
            addGram(hits.grams().first(i), hits.grams().other(i));
        }
    }

    private void addGram(int gram, int other) {
        if (lastOfGram[gram] == other || othersOfGram[gram] > MOST_OTHERS_OF_A_PHRASE) {
            return;
        }
        lastOfGram[gram] = other;
        othersOfGram[gram]++;
        grams.add(gram, other);
    }

    /// What can still count of what was added, so that {@link #add} of it to another tally is as good as of all.
    LeakHits hits() {
        var hits = new LeakHits();
        for (int test = 0; test < tests; test++) {
            same.leaks(test, MatchKind.EXACT).forEach(each -> hits.same(each.test(), each.other()));
            folded.leaks(test, MatchKind.FOLDED)
                    .forEach(each -> hits.folded(each.test(), each.other()));
            near.leaks(test, MatchKind.NEAR)
                    .forEach(each -> hits.nearAgain(each.test(), each.other(), each.score()));
        }
        for (int i = 0; i < grams.count(); i++) {
            hits.gram(grams.first(i), grams.other(i));
        }
        return hits;
    }

    /// In the order of the test rows, of each at most five.
    List<Leak> leaks() {
        rankGrams();
        return IntStream.range(0, tests).boxed().flatMap(this::leaks).toList();
    }

    /// What was found of the row itself or of the one that stands for it, each pair once.
    private Stream<Leak> leaks(int test) {
        var seen = new HashSet<Integer>();
        return Stream.of(
                        same.leaks(index.same(test), MatchKind.EXACT),
                        folded.leaks(index.folded(test), MatchKind.FOLDED),
                        thirteen.leaks(index.folded(test), MatchKind.THIRTEEN_GRAM),
                        near.leaks(index.folded(test), MatchKind.NEAR))
                .flatMap(each -> each)
                .filter(leak -> seen.add(leak.other()))
                .limit(BestOthers.MOST)
                .map(leak -> new Leak(test, leak.other(), leak.kind(), leak.score()));
    }

    /// How many of a test row's runs of words each other row has.
    private void rankGrams() {
        var pairs = new LeakHits.Pairs();
        var rows = index.rowsByGram();
        var telling = new HashMap<Integer, Set<Integer>>();
        for (int i = 0; i < grams.count(); i++) {
            int gram = grams.first(i);
            for (int at = rows.start(gram); at < rows.end(gram); at++) {
                int row = rows.row(at);
                if (telling.computeIfAbsent(row, this::telling).contains(gram)) {
                    pairs.add(row, grams.other(i));
                }
            }
        }
        pairs.sort();
        for (int from = 0; from < pairs.count(); ) {
            int to = from + 1;
            while (to < pairs.count()
                    && pairs.first(to) == pairs.first(from)
                    && pairs.other(to) == pairs.other(from)) {
                to++;
            }
            int test = pairs.first(from);
            double share = (double) (to - from) / index.grams(test).length;
            thirteen.add(test, pairs.other(from), share);
            from = to;
        }
    }

    /// Those of a test row's runs of words that have no word of a phrase.
    private Set<Integer> telling(int test) {
        var runs = index.grams(test);
        var telling = new HashSet<Integer>();
        var isOfPhrase = new boolean[runs.length + WordGrams.WORDS];
        for (int i = 0; i < runs.length; i++) {
            if (isPhrase(runs[i])) {
                Arrays.fill(isOfPhrase, i, i + WordGrams.WORDS, true);
            }
        }
        int words = 0; // so many in a row, up to here, that no phrase has
        for (int i = 0; i < runs.length + WordGrams.WORDS - 1; i++) {
            words = isOfPhrase[i] ? 0 : words + 1;
            if (words >= WordGrams.WORDS) {
                telling.add(runs[i - WordGrams.WORDS + 1]);
            }
        }
        return telling;
    }

    private boolean isPhrase(int gram) {
        return othersOfGram[gram] > MOST_OTHERS_OF_A_PHRASE || index.isPhrase(gram);
    }
}
