package dev.sartor.cli.prompts;

import dev.sartor.compare.run.Figures;
import dev.sartor.core.Score;
import dev.sartor.evaluate.PairedComparison;
import dev.sartor.promptsearch.Outcome;
import dev.sartor.promptsearch.Proposal;
import dev.sartor.promptsearch.SearchResult;
import dev.sartor.promptsearch.TestGain;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What a search found, for people.
final class SearchedText {
    private SearchedText() {}

    /// @param again what names the project in another command
    static String of(SearchResult result, String again) {
        var lines = new ArrayList<String>();
        lines.add(proposals(result));
        var found = result.proposals().get(result.found());
        if (result.found() == 0) {
            lines.add(
                    "Nothing is better on validation than the prompt that counts now ("
                            + score(result.start())
                            + "). The test examples were not looked at.");
        } else {
            lines.add("The best is proposal " + found.id() + ", " + found.source() + ":");
            lines.add("");
            found.instruction().lines().forEach(line -> lines.add("  " + line));
            if (!found.examples().isEmpty()) {
                lines.add("  examples: " + String.join(", ", found.examples()));
            }
            lines.add("");
            lines.add(
                    "validation: "
                            + score(result.best())
                            + ", before "
                            + score(result.start())
                            + ", "
                            + gain(result.gain())
                            + " (it was chosen by these)");
            result.test().ifPresent(test -> lines.addAll(test(test)));
        }
        lines.add(end(result));
        if (!result.isWithinBudget()) {
            lines.add("That is more than the budget: a call took more than was reserved for it.");
        }
        result.version()
                .ifPresent(id ->
                        lines.add(
                                "Kept as version "
                                        + id
                                        + ". `sartor prompts promote "
                                        + result.task()
                                        + " "
                                        + id
                                        + again
                                        + "` promotes it."));
        return String.join("\n", lines);
    }

    private static String proposals(SearchResult result) {
        return String.format(
                Locale.ROOT,
                "%d proposals: %d answered all validation examples, %d were dropped on the way, %d did no better at once, %d did not fit the context, %d the budget",
                result.proposals().size() - 1,
                count(result, Outcome.MEASURED) - 1,
                count(result, Outcome.BEATEN) + count(result, Outcome.OUT_OF_REACH),
                count(result, Outcome.NO_BETTER),
                count(result, Outcome.TOO_LONG),
                count(result, Outcome.OVER_BUDGET));
    }

    private static long count(SearchResult result, Outcome outcome) {
        return result.proposals().stream().map(Proposal::outcome).filter(outcome::equals).count();
    }

    private static List<String> test(TestGain test) {
        var lines = new ArrayList<String>();
        lines.add(
                "test:       "
                        + score(test.found())
                        + ", before "
                        + score(test.start())
                        + ", "
                        + gain(test.gain()));
        test.survived()
                .ifPresent(share ->
                        lines.add(
                                String.format(
                                        Locale.ROOT,
                                        "%.0f %% of the gain on validation is there on test.",
                                        100 * share)));
        lines.add(
                String.format(
                        Locale.ROOT,
                        "These test examples have been looked at %s for this task, this search included.",
                        test.looks() == 1 ? "once" : test.looks() + " times"));
        return lines;
    }

    private static String end(SearchResult result) {
        var spent =
                String.format(
                        Locale.ROOT,
                        "Spent: %,d tokens, %s, %s of money.",
                        result.spent().tokens(),
                        Figures.duration(result.spent().seconds()),
                        Figures.money(result.money()));
        if (result.isUntested()) {
            return spent
                    + " The budget has no room for the test: the same command with a larger one goes on.";
        }
        return result.isOver()
                ? spent
                        + " The budget ended the search: the same command with a larger one goes on."
                : spent;
    }

    private static String score(Score score) {
        return String.format(
                Locale.ROOT,
                "%s %s [%s, %s]",
                score.metric(),
                Figures.score(score.value()),
                Figures.score(score.low()),
                Figures.score(score.high()));
    }

    private static String gain(PairedComparison gain) {
        return String.format(
                Locale.ROOT,
                "%s points, 95 %% interval %s to %s",
                Figures.points(gain.difference()),
                Figures.points(gain.low()),
                Figures.points(gain.high()));
    }
}
