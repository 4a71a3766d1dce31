package dev.sartor.promptsearch;

import dev.sartor.core.Example;
import dev.sartor.core.SartorException;
import dev.sartor.core.Split;
import dev.sartor.core.work.Progress;
import dev.sartor.promptsearch.answer.Answers;
import dev.sartor.promptsearch.answer.SearchedPrompt;
import dev.sartor.promptsearch.budget.BudgetText;
import dev.sartor.promptsearch.budget.Cost;
import dev.sartor.promptsearch.budget.Ledger;
import dev.sartor.promptsearch.proposal.Contender;
import dev.sartor.promptsearch.proposal.Draft;
import dev.sartor.promptsearch.proposal.DraftSource;
import dev.sartor.promptsearch.proposal.Pool;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Searches for a prompt on the validation examples. Sources propose in turn; each proposal races against the best; what the test of the best
/// and of the first will cost is held back all the while. With stored answers it takes the same way again, and goes on where it was stopped.
final class PromptSearch {
    /// So many answers warm the model up, and show how it counts tokens.
    private static final int WARM_UP = 1;

    private final PromptRace race;
    private final List<Example> test;
    private final Answers answers;
    private final Ledger ledger;
    private final ProposalTree tree;
    private final Progress progress;
    private final Pool pool = new Pool();

    /// @param test whose questions are counted, and not answered here
    PromptSearch(
            PromptRace race,
            List<Example> test,
            Answers answers,
            Ledger ledger,
            ProposalTree tree,
            Progress progress) {
        this.race = race;
        this.test = test;
        this.answers = answers;
        this.ledger = ledger;
        this.tree = tree;
        this.progress = progress;
    }

    /// What was found.
    ///
    /// @param isOver whether the budget had no room for what would have come
    record Found(Contender start, Contender best, boolean isOver) {}

    /// @param sources asked in turn until none has anything more
    /// @param most how many proposals they make together at most
    Found run(SearchedPrompt start, List<? extends DraftSource> sources, int most) {
        measureStart(start);
        boolean isOver = false;
        try (var step = progress.begin("searching for a prompt", most, "proposals")) {
            boolean goesOn = true;
            while (goesOn) {
                goesOn = false;
                boolean hasRoom = false;
                for (var source : sources) {
                    ledger.holdBack(reserve(pool.leader().prompt()));
                    var draft = source.next(pool);
                    if (draft.isPresent()) {
                        goesOn = true;
                        var outcome = tried(draft.get());
                        hasRoom |= outcome != Outcome.OVER_BUDGET;
                        step.advance(1);
                        step.note(
                                String.format(
                                        Locale.ROOT,
                                        "best %.3f, left: %s",
                                        pool.leader().score(),
                                        ledger.left()));
                    }
                }
                isOver = goesOn && !hasRoom;
                goesOn &= hasRoom;
            }
        }
        return new Found(pool.contenders().getFirst(), pool.leader(), isOver);
    }

    /// The first prompt answers all validation examples: with less there is nothing to compare with.
    private void measureStart(SearchedPrompt start) {
        var _ = pool.isNew(start);
        var all = race.order();
        boolean isKnown = answers.ask(start, Split.VALIDATION, all.subList(0, WARM_UP));
        var least = answers.worst(start, Split.VALIDATION, all).plus(reserve(start));
        // How long it takes shows on the way.
        if (!isKnown
                || !ledger.admits(new Cost(least.tokens(), least.price(), 0))
                || !answers.ask(start, Split.VALIDATION, all)
                || !ledger.admits(reserve(start))) {
            throw tooSmall(answers.worst(start, Split.VALIDATION, all).plus(reserve(start)));
        }
        var values = answers.values(start, Split.VALIDATION, all);
        race.enter("0", values);
        var contender = contender(0, start, values);
        pool.add(contender);
        tree.add(
                new Proposal(
                        0,
                        Optional.empty(),
                        "start",
                        start.instruction(),
                        start.examples(),
                        Outcome.MEASURED,
                        Optional.empty(),
                        values.length,
                        Optional.of(contender.score()),
                        answers.cost(start).tokens()));
    }

    /// What the test costs at the end, if this prompt becomes the best.
    private Cost reserve(SearchedPrompt best) {
        var first = pool.contenders().isEmpty() ? best : pool.contenders().getFirst().prompt();
        return answers.worst(first, Split.TEST, test).plus(answers.worst(best, Split.TEST, test));
    }

    private SartorException tooSmall(Cost missing) {
        var least = ledger.spent().plus(missing);
        return SartorException.user(
                String.format(
                        Locale.ROOT,
                        "the budget must have room for one pass over the %d validation examples and for the test of two prompts on %d test examples: %s would do, got %s. What was answered is kept.",
                        race.order().size(),
                        test.size(),
                        BudgetText.options(ledger.budget(), least, ledger.money(least)),
                        BudgetText.given(ledger.budget())));
    }

    private Outcome tried(Draft draft) {
        int id = tree.next();
        var raced =
                draft.rejected().isPresent()
                        ? new Raced(Outcome.NO_BETTER, draft.rejected(), new double[0])
                        : raced(id, draft.prompt());
        int answered = raced.values().length;
        Optional<Double> score =
                answered == 0 ? Optional.empty() : Optional.of(score(draft.prompt(), answered));
        tree.add(
                new Proposal(
                        id,
                        Optional.of(draft.parent()),
                        draft.source(),
                        draft.prompt().instruction(),
                        draft.prompt().examples(),
                        raced.outcome(),
                        raced.said(),
                        answered,
                        score,
                        answers.cost(draft.prompt()).tokens()));
        return raced.outcome();
    }

    /// How far a proposal came.
    ///
    /// @param values of the examples that it answered
    private record Raced(Outcome outcome, Optional<String> said, double[] values) {}

    private Raced raced(int id, SearchedPrompt prompt) {
        var all = race.order();
        var values = new double[0];
        try {
            ledger.holdBack(reserve(pool.leader().prompt()).most(reserve(prompt)));
            if (!ledger.admits(answers.worst(prompt, Split.VALIDATION, all))) {
                return new Raced(Outcome.OVER_BUDGET, Optional.empty(), values);
            }
            for (int rows : race.looks()) {
                var part = all.subList(0, rows);
                if (!answers.ask(prompt, Split.VALIDATION, part)) {
                    return new Raced(Outcome.OVER_BUDGET, Optional.empty(), values);
                }
                values = answers.values(prompt, Split.VALIDATION, part);
                var out = race.out(values);
                if (out.isPresent()) {
                    return new Raced(out.get(), Optional.of(against(rows)), values);
                }
            }
        } catch (SartorException e) {
            if (!e.isTooLong()) {
                throw e;
            }
            return new Raced(Outcome.TOO_LONG, Optional.of(String.valueOf(e.getMessage())), values);
        }
        race.enter(Integer.toString(id), values);
        pool.add(contender(id, prompt, values));
        return new Raced(Outcome.MEASURED, Optional.empty(), values);
    }

    private String against(int rows) {
        return String.format(
                Locale.ROOT,
                "after %d examples, against proposal %d with %.3f",
                rows,
                pool.leader().id(),
                pool.leader().score());
    }

    private Contender contender(int id, SearchedPrompt prompt, double[] values) {
        return new Contender(
                id, prompt, Arrays.stream(values).boxed().toList(), score(prompt, values.length));
    }

    private double score(SearchedPrompt prompt, int answered) {
        var rows = race.order().subList(0, answered);
        return race.metric().aggregate(answers.predictions(prompt, Split.VALIDATION, rows));
    }
}
