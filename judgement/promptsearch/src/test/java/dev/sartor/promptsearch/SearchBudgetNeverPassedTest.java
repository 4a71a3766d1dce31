package dev.sartor.promptsearch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.core.SartorException;
import dev.sartor.core.work.Cancellation;
import dev.sartor.core.work.Progress;
import dev.sartor.evaluate.Metric;
import dev.sartor.promptsearch.answer.Answers;
import dev.sartor.promptsearch.answer.CallLog;
import dev.sartor.promptsearch.answer.SearchedPrompt;
import dev.sartor.promptsearch.budget.Cost;
import dev.sartor.promptsearch.budget.Ledger;
import dev.sartor.promptsearch.budget.SearchBudget;
import dev.sartor.promptsearch.proposal.DraftSource;
import dev.sartor.promptsearch.proposal.ExampleOrders;
import dev.sartor.promptsearch.proposal.GreedyExamples;
import dev.sartor.promptsearch.proposal.Merges;
import dev.sartor.promptsearch.proposal.RandomExamples;
import dev.sartor.promptsearch.proposal.Reflections;
import dev.sartor.promptsearch.proposal.Rewrites;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Fifty searches with answers of random length and duration and random budgets.
class SearchBudgetNeverPassedTest {
    private static final int RUNS = 50;
    private static final double MACHINE_SECOND = 0.002;

    @TempDir Path folder;

    @Test
    void noSearchSpendsMoreThanItMay() {
        int refused = 0;
        int over = 0;
        int tested = 0;
        int whole = 0;
        for (int seed = 0; seed < RUNS; seed++) {
            var chance = new Random(seed);
            var budget =
                    new SearchBudget(
                            OptionalLong.of(4_000 + chance.nextLong(220_000)),
                            OptionalDouble.of(4 + chance.nextDouble(220)),
                            OptionalDouble.of(3 + chance.nextDouble(180)));
            var clock = new FakeClock();
            var model = new ScriptedModel(clock, seed);
            var ledger = new Ledger(budget, Cost.NONE, MACHINE_SECOND, clock);
            var place = folder.resolve("run" + seed);
            var answers =
                    new Answers(
                            model,
                            CallLog.open(place),
                            ledger,
                            Metric.named("accuracy", Rows.TASK.labels()),
                            new Cancellation());
            try {
                var found = search(answers, ledger, model, place, seed);
                over += found.isOver() ? 1 : 0;
                whole += found.isOver() ? 0 : 1;
                ledger.holdBack(Cost.NONE);
                tested += tested(answers, found) ? 1 : 0;
                // What was held back is there: whoever has found something can test it.
                assertThat(tested(answers, found)).as("seed %d", seed).isTrue();
            } catch (SartorException e) {
                assertThat(e).as("seed %d", seed).hasMessageContaining("would do, got --tokens");
                refused++;
            }
            double money = model.price + model.seconds * MACHINE_SECOND;
            assertThat(model.tokens)
                    .as("seed %d", seed)
                    .isLessThanOrEqualTo(budget.tokens().orElseThrow());
            assertThat(money).as("seed %d", seed).isLessThanOrEqualTo(budget.money().orElseThrow());
            assertThat(model.seconds / 60)
                    .as("seed %d", seed)
                    .isLessThanOrEqualTo(budget.minutes().orElseThrow());
            assertThat(ledger.spent().tokens()).as("seed %d", seed).isEqualTo(model.tokens);
        }
        // The budgets are of all kinds.
        assertThat(List.of(refused, over, tested, whole))
                .allSatisfy(each -> assertThat(each).isPositive());
    }

    private static PromptSearch.Found search(
            Answers answers, Ledger ledger, ScriptedModel model, Path place, long seed) {
        var train = Rows.of("train", 40);
        var validation = Rows.of("validation", 60);
        var metric = Metric.named("accuracy", Rows.TASK.labels());
        var race = new PromptRace(validation, metric, seed);
        List<DraftSource> sources =
                List.of(
                        new Rewrites(Rows.TASK, train),
                        new RandomExamples(train, List.of(1, 2, 4), 2, seed),
                        new Reflections(Rows.TASK, train, answers, model, 4, seed),
                        new GreedyExamples(train, race.order(), 6, 4, seed),
                        new Merges(3),
                        new ExampleOrders(3, seed));
        return new PromptSearch(
                        race,
                        Rows.of("test", 50),
                        answers,
                        ledger,
                        new ProposalTree(place),
                        Progress.silent())
                .run(new SearchedPrompt("Say what it is about.", List.of()), sources, 30);
    }

    private static boolean tested(Answers answers, PromptSearch.Found found) {
        return new SealedTest(
                        Metric.named("accuracy", Rows.TASK.labels()),
                        Rows.of("test", 50),
                        answers,
                        Progress.silent())
                .run(found.start().prompt(), found.best().prompt(), 0.5, 1)
                .isPresent();
    }
}
