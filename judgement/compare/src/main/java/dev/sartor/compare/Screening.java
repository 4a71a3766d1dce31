package dev.sartor.compare;

import dev.sartor.compare.approach.Planned;
import dev.sartor.compare.run.Choice;
import dev.sartor.compare.run.Dropped;
import dev.sartor.compare.run.Run;
import dev.sartor.core.SartorException;
import dev.sartor.project.setting.PassageSettings;
import dev.sartor.prompt.PassageOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// One candidate's part in the race: it answers growing parts of the validation examples, and each of its choices that is beaten
/// answers no more.
final class Screening {
    private final Planned planned;
    private final ValidationAnswers answers;
    private final Race race;
    private final Set<Choice> beaten = new HashSet<>();

    Screening(Planned planned, ValidationAnswers answers, Race race) {
        this.planned = planned;
        this.answers = answers;
        this.race = race;
    }

    /// Choices that are shown to be too bad.
    Set<Choice> beaten() {
        return Set.copyOf(beaten);
    }

    /// Answers part by part, for as long as the candidate is in the race. Whoever is dropped is beaten with every number of
    /// examples or passages, in every order, with a reranker and without.
    ///
    /// @param key of the candidate's run
    Optional<Dropped> dropped(String key) {
        var open = new ArrayList<>(usual(planned));
        try {
            for (int rows : race.looks()) {
                open.removeIf(choice -> isBeaten(choice, rows));
                if (open.isEmpty()) {
                    return ways(planned).stream()
                                    .allMatch(each -> beaten.contains(each) || isBeaten(each, rows))
                            ? Optional.of(race.dropped(planned, key, answers.best(rows)))
                            : Optional.empty();
                }
            }
        } catch (SartorException e) {
            // Choosing says what is too long, and what becomes of it.
            if (!e.isTooLong()) {
                throw e;
            }
        }
        return Optional.empty();
    }

    /// So many examples, or passages in the order and beside the number of examples that are tried first.
    static Choice usual(Planned planned, int count) {
        var order = planned.search().map(search -> search.order().getFirst());
        var shown = Run.Shown.in(order.orElse(PassageOrder.BEST_FIRST));
        var examples = planned.examplesBeside();
        return new Choice(
                count, examples.isEmpty() ? shown : shown.withExamples(examples.getFirst()));
    }

    private static List<Choice> usual(Planned planned) {
        var counts = planned.choices().isEmpty() ? List.of(0) : planned.choices();
        return counts.stream().map(count -> usual(planned, count)).toList();
    }

    /// All that validation may choose among: numbers of examples, of passages or of both, and how passages are shown.
    static List<Choice> ways(Planned planned) {
        var ways = new LinkedHashSet<>(usual(planned));
        for (var count : List.copyOf(ways)) {
            for (int examples : planned.examplesBeside()) {
                ways.add(count.with(count.shown().withExamples(examples)));
            }
        }
        for (var choice : List.copyOf(ways)) {
            planned.search()
                    .ifPresent(search ->
                            search.order()
                                    .forEach(order -> ways.addAll(shown(search, choice, order))));
        }
        return List.copyOf(ways);
    }

    private static List<Choice> shown(PassageSettings search, Choice choice, PassageOrder order) {
        var reranked = choice.shown().inOrder(order);
        return search.rerank().isPresent()
                ? List.of(choice.with(reranked), choice.with(reranked.withReranked(false)))
                : List.of(choice.with(reranked));
    }

    private boolean isBeaten(Choice choice, int rows) {
        boolean isBeaten = race.isBeaten(atBest(choice, rows));
        if (isBeaten) {
            beaten.add(choice);
        }
        return isBeaten;
    }

    /// Each example's value, with what could still be chosen taken to come out well: that questions without an answer are told.
    private double[] atBest(Choice choice, int rows) {
        var values = answers.values(choice, rows);
        var words = planned.data().task().unanswerable().or(planned.settings()::outOfScope);
        for (int i = 0; i < rows && words.isPresent(); i++) {
            if (answers.examples().get(i).references().contains(words.orElseThrow())) {
                values[i] = 1;
            }
        }
        return values;
    }
}
