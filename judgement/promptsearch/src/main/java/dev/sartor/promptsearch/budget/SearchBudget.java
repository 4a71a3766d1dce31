package dev.sartor.promptsearch.budget;

import dev.sartor.core.Problems;
import dev.sartor.core.SartorException;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// What a search may spend in all, however often it is stopped and gone on with. What is empty is not limited; one limit there
/// must be.
///
/// @param tokens of prompts and answers, those of proposals among them
/// @param money in the currency of the project's `costs`
/// @param minutes by the clock on the wall
public record SearchBudget(OptionalLong tokens, OptionalDouble money, OptionalDouble minutes) {
    private static final double MINUTE = 60;

    public SearchBudget {
        if (tokens.isEmpty() && money.isEmpty() && minutes.isEmpty()) {
            throw SartorException.user(
                    "a search needs a budget: name one or more of --tokens, --minutes and --money.");
        }
        tokens.ifPresent(most ->
                Problems.refuseUnless(
                        most >= 1,
                        "--tokens",
                        "at least 1",
                        most,
                        "a million suits a small model"));
        refuseUnlessPositive("--minutes", minutes);
        refuseUnlessPositive("--money", money);
    }

    private static void refuseUnlessPositive(String option, OptionalDouble limit) {
        limit.ifPresent(most ->
                Problems.refuseUnless(
                        most > 0 && Double.isFinite(most),
                        option,
                        "more than 0",
                        most,
                        "leave it out for no such limit"));
    }

    /// Whether so much may be spent.
    ///
    /// @param money of tokens and of the machine's hours together
    public boolean holds(Cost spent, double money) {
        return spent.tokens() <= tokens.orElse(Long.MAX_VALUE)
                && money <= this.money.orElse(Double.POSITIVE_INFINITY)
                && spent.seconds() <= seconds();
    }

    /// The limit of time; infinite without one.
    double seconds() {
        return minutes.orElse(Double.POSITIVE_INFINITY) * MINUTE;
    }
}
