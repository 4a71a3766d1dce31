package dev.sartor.compare.verdict;

import dev.sartor.evaluate.statistics.TestMartingale;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How the candidates of a race stand. Who is shown to be worse than the best by more than the margin is beaten. The evidence is a
/// test martingale over paired differences, which may be looked at as often as one likes; its error of 5 % is divided over all
/// choices of all candidates, so that whoever is truly the best is beaten, by any of them, in one race of twenty at most.
public final class Standings {
    /// With fewer examples nobody is beaten.
    public static final int FIRST_LOOK = 20;

    private static final double ERROR = 0.05;

    private final List<String> rows;
    private final double margin;
    private final double error;
    private final List<Entrant> entrants = new ArrayList<>();

    /// @param rows the ids of the examples, in the order in which they are looked at
    /// @param margin how much worse than the best is still good enough, 0 or more and under 1
    /// @param choices how many ways to answer all candidates have together, at least 1
    public Standings(List<String> rows, double margin, int choices) {
        this.rows = List.copyOf(rows);
        this.margin = Math.min(margin, Math.nextDown(1.0));
        this.error = ERROR / choices;
    }

    /// A candidate that answered all examples.
    ///
    /// @param key of its run
    /// @param scores of each example by its id, 0 to 1
    public record Entrant(String name, String key, Map<String, Double> scores) {
        public Entrant {
            scores = Map.copyOf(scores);
        }

        double score(String row) {
            return scores.getOrDefault(row, 0.0);
        }
    }

    /// After how many examples somebody may be beaten; none while nobody leads.
    public List<Integer> looks() {
        var looks = new ArrayList<Integer>();
        if (!entrants.isEmpty() && rows.size() >= FIRST_LOOK) {
            for (int count = FIRST_LOOK; count < rows.size(); count *= 2) {
                looks.add(count);
            }
            looks.add(rows.size());
        }
        return looks;
    }

    /// @param entrant with a score of every example
    public void enter(Entrant entrant) {
        if (!entrant.scores().keySet().containsAll(rows)) {
            throw new IllegalArgumentException(entrant.name() + " has not answered all examples");
        }
        entrants.add(entrant);
    }

    public Optional<Entrant> entrant(String key) {
        return entrants.stream().filter(each -> each.key().equals(key)).findFirst();
    }

    /// Whether these scores are shown to be too low.
    ///
    /// @param scores of the first examples
    public boolean isBeaten(double[] scores) {
        return leader().filter(best -> isWorse(scores, best)).isPresent();
    }

    private boolean isWorse(double[] scores, Entrant best) {
        var evidence = new TestMartingale(margin);
        for (int i = 0; i < scores.length; i++) {
            evidence.add(best.score(rows.get(i)) - scores[i]);
        }
        return evidence.isShown(error);
    }

    /// The best on all examples, the first of several.
    public Optional<Entrant> leader() {
        return entrants.stream()
                .reduce((one, other) ->
                        mean(other, rows.size()) > mean(one, rows.size()) ? other : one);
    }

    /// The mean over the first so many examples.
    public double mean(Entrant entrant, int count) {
        return rows.subList(0, count).stream().mapToDouble(entrant::score).average().orElseThrow();
    }

    /// The scores in the order of the examples.
    public double[] inOrder(Entrant entrant) {
        return rows.stream().mapToDouble(entrant::score).toArray();
    }
}
