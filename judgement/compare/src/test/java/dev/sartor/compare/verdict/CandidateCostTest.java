package dev.sartor.compare.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sartor.compare.run.Run;
import dev.sartor.compare.run.Trial;
import dev.sartor.project.setting.ApproachName;
import dev.sartor.project.setting.Costs;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CandidateCostTest {
    private static final Costs COSTS =
            new Costs("EUR", 0.36, 10_000, 4, 50, 0, Map.of(ApproachName.of("tune"), 12.0));

    @Test
    void setUpTrainingAndPeopleAreSpreadOverAYearsAnswers() {
        // A second is 0.0001 EUR. An answer: 0.2 s. A year: 600 s, four times 600 s again, 12 h of
        // 50 EUR.
        var cost = CandidateCost.of(Trial.run("tuned", 600), 0.2, 0, COSTS);
        assertThat(cost.perAnswer()).isCloseTo(0.00002, within(1e-12));
        assertThat(cost.perYear()).isCloseTo(0.06 + 0.24 + 600, within(1e-9));
        assertThat(cost.perThousand(10_000)).isCloseTo(0.02 + 600.3 / 120, within(1e-9));
    }

    @Test
    void whatIsNotTrainedIsNotTrainedAgain() {
        var cost = CandidateCost.of(Trial.run("zero-shot", 600), 0.2, 0, COSTS);
        assertThat(cost.perYear()).isCloseTo(0.06, within(1e-9));
    }

    @Test
    void aRemoteAnswerCostsItsTokensAndNotTheWaiting() {
        var run = Remotely.run(Trial.run("large zero-shot", 0));
        var cost = CandidateCost.of(run, 30, 0.0007, COSTS);
        assertThat(cost.perAnswer()).isEqualTo(0.0007);
    }

    private static final class Remotely {
        static Run run(Run run) {
            return new Run(
                    run.id(),
                    run.key(),
                    run.recipe(),
                    java.util.Optional.of("large"),
                    run.adapter(),
                    run.digests(),
                    run.setup(),
                    run.peakMib(),
                    run.machine(),
                    run.version(),
                    run.finished(),
                    run.readers(),
                    run.answersReaders());
        }
    }
}
