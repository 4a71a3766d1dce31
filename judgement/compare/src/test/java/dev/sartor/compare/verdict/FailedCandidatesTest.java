package dev.sartor.compare.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.compare.approach.Desk;
import dev.sartor.compare.report.Report;
import dev.sartor.compare.run.Machine;
import dev.sartor.compare.run.Trial;
import dev.sartor.remote.RemoteServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailedCandidatesTest {
    @TempDir Path folder;

    private Desk desk;

    @BeforeEach
    void makeProject() {
        desk = new Desk(folder);
    }

    private static TaskResult task(ComparisonResult result, String name) {
        return result.tasks().stream()
                .filter(each -> each.task().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static final String ZERO_SHOT_AND_LARGE =
            Desk.PROJECT.replace(
                            "[zero-shot, few-shot, retrieval, tune, tune+retrieval]", "[zero-shot]")
                    + "remotes: [{name: large, url: '%s', model: large-1, retries: 0}]%n";

    @Test
    void aRemoteModelThatDoesNotAnswerFailsAloneAndIsTriedAgainLater() throws IOException {
        try (var server = RemoteServer.patient()) {
            var yaml = ZERO_SHOT_AND_LARGE.formatted(server.remote.url());
            for (int i = 0; i < 400; i++) {
                server.answers(500, "oops");
            }
            var result = desk.compare(yaml);
            assertThat(result.exitCode()).isEqualTo(3);
            assertThat(result.tasks()).hasSize(2);
            for (var task : result.tasks()) {
                assertThat(task.candidates())
                        .extracting(Measured::name)
                        .containsExactly("zero-shot");
                assertThat(task.failed())
                        .singleElement()
                        .satisfies(failed -> {
                            assertThat(failed.name()).isEqualTo("large zero-shot");
                            assertThat(failed.why()).contains("answered 500, 1 time.");
                        });
            }
            assertThat(result.json()).contains("\"failed\"", "answered 500");
            assertThat(Report.html(result, Instant.EPOCH))
                    .contains("large zero-shot failed, and the verdict knows nothing of it");
            server.repeatsTheQuestionButTheFirstLate();
            var again = desk.compare(yaml);
            assertThat(again.exitCode()).isZero();
            assertThat(task(again, "route").candidate("large zero-shot").answers()).hasSize(90);
        }
    }

    @Test
    void aRefusedKeyFailsItsCandidatesAloneWithTheUsersCode() throws IOException {
        try (var server = RemoteServer.patient()) {
            for (int i = 0; i < 400; i++) {
                server.answers(401, "who?");
            }
            var result = desk.compare(ZERO_SHOT_AND_LARGE.formatted(server.remote.url()));
            assertThat(result.exitCode()).isEqualTo(2);
            assertThat(task(result, "answer").candidates()).hasSize(1);
        }
    }

    /// Two candidates, and three test examples: the cheaper may be as good.
    @Test
    void aTestSetThatIsTooSmallToTellIsNoMissedTarget() {
        var small =
                Trial.withMargin(0.05)
                        .with("zero-shot", 3, i -> i > 0, 0.01, 0)
                        .with("tuned", 3, i -> true, 0.02, 60)
                        .result();
        assertThat(small.verdict()).isInstanceOf(Verdict.TooSmallToTell.class);
        var result =
                new ComparisonResult(
                        desk.project(Desk.PROJECT),
                        List.of(small),
                        Machine.here(0),
                        1,
                        Optional.empty());
        assertThat(result.exitCode()).isZero();
    }
}
