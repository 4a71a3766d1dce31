package dev.sartor.promptsearch.budget;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Budgets in words.
public final class BudgetText {
    private static final double MINUTE = 60;

    private BudgetText() {}

    static String left(SearchBudget budget, Cost spent, double money) {
        var parts = new ArrayList<String>();
        budget.tokens()
                .ifPresent(most ->
                        parts.add(
                                String.format(
                                        Locale.ROOT,
                                        "%,d tokens",
                                        Math.max(0, most - spent.tokens()))));
        budget.minutes()
                .ifPresent(most ->
                        parts.add(
                                String.format(
                                        Locale.ROOT,
                                        "%.1f min",
                                        Math.max(0, most - spent.seconds() / MINUTE))));
        budget.money()
                .ifPresent(most ->
                        parts.add(
                                String.format(
                                        Locale.ROOT, "money %.4f", Math.max(0, most - money))));
        return String.join(", ", parts);
    }

    /// The options of the least budget that has room for so much, of those that the budget limits; each is rounded up.
    public static String options(SearchBudget budget, Cost least, double money) {
        List<String> parts = new ArrayList<>();
        budget.tokens().ifPresent(_ -> parts.add("--tokens " + least.tokens()));
        budget.minutes()
                .ifPresent(_ ->
                        parts.add("--minutes " + Math.ceil(least.seconds() / MINUTE * 10) / 10));
        budget.money().ifPresent(_ -> parts.add("--money " + Math.ceil(money * 10_000) / 10_000));
        return String.join(" ", parts);
    }

    /// The options as they were given.
    public static String given(SearchBudget budget) {
        List<String> parts = new ArrayList<>();
        budget.tokens().ifPresent(most -> parts.add("--tokens " + most));
        budget.minutes().ifPresent(most -> parts.add("--minutes " + most));
        budget.money().ifPresent(most -> parts.add("--money " + most));
        return String.join(" ", parts);
    }
}
