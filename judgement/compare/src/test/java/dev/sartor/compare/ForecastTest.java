package dev.sartor.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.compare.approach.Desk;
import dev.sartor.compare.verdict.ComparisonResult;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.core.work.Progress;
import dev.sartor.remote.RemoteServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForecastTest {
    @TempDir Path folder;

    /// Keeps all that is said, and the notes of all steps.
    private static final class Heard implements Progress {
        final List<String> said = new ArrayList<>();
        final List<String> notes = new ArrayList<>();
        final List<String> begun = new ArrayList<>();

        @Override
        public Step begin(String what, long total, String unit) {
            begun.add(what);
            return new Step() {
                @Override
                public void advance(long units) {}

                @Override
                public void note(String text) {
                    notes.add(text);
                }

                @Override
                public void close() {}
            };
        }

        @Override
        public void say(String line) {
            said.add(line);
        }
    }

    private static ComparisonResult compare(Desk desk, String yaml, Heard heard) {
        var around = desk.circumstances().with(heard);
        return new Comparison(desk.project(yaml), desk.folder, around).run();
    }

    @Test
    void anEstimateIsSaidBeforeTheFirstCandidateAndTheTotalTimeLeftBesideEachStep() {
        var desk = new Desk(folder);
        var heard = new Heard();
        var result = compare(desk, Desk.PROJECT, heard);
        assertThat(heard.said.getFirst())
                .startsWith("An estimate: ")
                .contains(" in all, by a few answers of the model.");
        // Each of two trainings is planned to take 36 s.
        assertThat(result.estimatedSeconds().orElseThrow()).isGreaterThan(60);
        assertThat(result.json()).contains("\"estimated_seconds\"");
        assertThat(heard.notes).anyMatch(note -> note.matches("0\\.\\d+, all: about .* left"));
        assertThat(desk.testQuestions()).as("the test meets each once").isEqualTo(5 * 2 * 90);
    }

    @Test
    void whatEarlierRunsTookIsTheEstimateAndWhatIsFinishedTakesNothing() throws IOException {
        var desk = new Desk(folder);
        compare(desk, Desk.PROJECT, new Heard());
        var heard = new Heard();
        assertThat(compare(desk, Desk.PROJECT, heard).estimatedSeconds()).isEmpty();
        assertThat(heard.said).noneMatch(line -> line.contains("estimate"));
        var test = folder.resolve("answer/test.jsonl");
        AtomicFile.write(
                test,
                Files.readString(test)
                        + "{\"prompt\": \"What is item99\", \"completion\": \"price99\"}\n");
        var again = compare(desk, Desk.PROJECT, heard);
        assertThat(heard.said)
                .anyMatch(line -> line.endsWith(" in all, by what earlier runs took."));
        // 13 answers of 0.01 s by each of five candidates, those that choose, and the training of
        // 30 s, which is made anew
        // as other test examples may leave others to train on.
        assertThat(again.estimatedSeconds().orElseThrow()).isBetween(30.65, 35.0);
    }

    @Test
    void whatNobodyCanTellIsNamed() throws IOException {
        try (var server = RemoteServer.patient()) {
            server.repeatsTheQuestionButTheFirstLate();
            var heard = new Heard();
            compare(
                    new Desk(folder),
                    Desk.PROJECT.replace(
                                    "[zero-shot, few-shot, retrieval, tune, tune+retrieval]",
                                    "[zero-shot]")
                            + "remotes: [{name: large, url: '%s', model: large-1}]%n"
                                    .formatted(server.remote.url()),
                    heard);
            assertThat(heard.said.getFirst())
                    .endsWith(
                            " Not counted, as nobody can tell yet: route/large zero-shot, answer/large zero-shot.");
        }
    }

    @Test
    void theTimeLeftFollowsWhatTheFinishedTook() {
        long[] now = {0};
        var time = new TotalTime(Progress.silent(), () -> now[0]);
        assertThat(time.left()).isEmpty();
        time.expect(Map.of("a", 10.0, "b", 10.0));
        time.begin("a");
        now[0] = 4_000_000_000L;
        assertThat(time.left().orElseThrow()).isEqualTo(16);
        now[0] = 20_000_000_000L;
        assertThat(time.left().orElseThrow()).isEqualTo(10);
        time.end("a");
        assertThat(time.left().orElseThrow()).isEqualTo(20);
        time.begin("b");
        time.end("b");
        assertThat(time.left()).isEmpty();
    }
}
