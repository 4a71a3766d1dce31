package dev.sartor.retrieve.ground;

import dev.sartor.data.JudgedPassages;
import dev.sartor.retrieve.split.Terms;
import dev.sartor.retrieve.text.Analysis;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// Passages that do not answer a question, drawn from those of all questions. A passage that is said to answer the question,
/// or is the same but for case, space and punctuation, is never drawn; another that answers it unbeknown may be.
public final class Negatives implements AutoCloseable {
    /// How far down its ranking by words a question's negatives are looked for.
    private static final int DEPTH = 30;

    private final List<String> pool;
    private final List<String> folded;
    private final Map<String, Set<String>> judged = new HashMap<>();
    private final TextSearch search;

    /// Which passages are drawn.
    public enum From {
        /// Those that share words with the question: the best 30 by BM25, so that words alone do not tell.
        BM25,
        /// Any.
        RANDOM
    }

    /// @param questions whose passages are drawn from
    public Negatives(List<JudgedPassages> questions, Analysis analysis) {
        var passages = new LinkedHashMap<String, String>();
        for (var question : questions) {
            var known =
                    judged.computeIfAbsent(Terms.folded(question.question()), _ -> new HashSet<>());
            for (var passage : all(question)) {
                known.add(Terms.folded(passage));
                passages.putIfAbsent(Terms.folded(passage), passage);
            }
        }
        this.folded = List.copyOf(passages.keySet());
        this.pool = List.copyOf(passages.values());
        this.search = TextSearch.of(pool, analysis);
    }

    private static List<String> all(JudgedPassages question) {
        var all = new ArrayList<>(question.relevant());
        all.addAll(question.irrelevant());
        return all;
    }

    /// The questions with as many passages more that do not answer as they lack.
    ///
    /// @param each how many there are to be for each passage that answers; 0 draws none
    /// @return in their order; a question keeps all that are given, and gets fewer where there are no others
    public List<JudgedPassages> drawn(
            List<JudgedPassages> questions, int each, From from, long seed) {
        var random = new SplittableRandom(seed);
        return questions.stream().map(question -> drawn(question, each, from, random)).toList();
    }

    private JudgedPassages drawn(
            JudgedPassages question, int each, From from, RandomGenerator random) {
        int wanted = each * question.relevant().size() - question.irrelevant().size();
        if (wanted <= 0) {
            return question;
        }
        var known = judged.getOrDefault(Terms.folded(question.question()), Set.of());
        var taken = new ArrayList<Integer>();
        if (from == From.BM25) {
            var near = search.best(question.question(), DEPTH + known.size());
            near.removeIf(passage -> known.contains(folded.get(passage)));
            draw(near.subList(0, Math.min(DEPTH, near.size())), wanted, random, taken);
        }
        if (taken.size() < wanted) {
            var rest = new ArrayList<Integer>();
            for (int i = 0; i < pool.size(); i++) {
                if (!known.contains(folded.get(i)) && !taken.contains(i)) {
                    rest.add(i);
                }
            }
            draw(rest, wanted - taken.size(), random, taken);
        }
        var irrelevant = new ArrayList<>(question.irrelevant());
        taken.forEach(passage -> irrelevant.add(pool.get(passage)));
        return new JudgedPassages(question.question(), question.relevant(), irrelevant);
    }

    private static void draw(
            List<Integer> from, int count, RandomGenerator random, List<Integer> taken) {
        var left = new ArrayList<>(from);
        for (int i = 0; i < count && !left.isEmpty(); i++) {
            int at = random.nextInt(left.size());
            taken.add(left.get(at));
            left.set(at, left.getLast());
            left.removeLast();
        }
    }

    @Override
    public void close() {
        search.close();
    }
}
