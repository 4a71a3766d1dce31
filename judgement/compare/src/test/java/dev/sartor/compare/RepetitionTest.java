package dev.sartor.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.compare.approach.Desk;
import dev.sartor.compare.approach.Provenance;
import dev.sartor.compare.approach.Workbench;
import dev.sartor.compare.run.RunJson;
import dev.sartor.core.file.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepetitionTest {
    @TempDir Path folder;

    private Desk desk = new Desk(Path.of("target", "unused"));

    @BeforeEach
    void aComparedProject() {
        desk = new Desk(folder);
        desk.compare();
    }

    private Recorded recorded(String name) {
        return Recorded.find(folder, name).getFirst();
    }

    private Repetition.Outcome repeat(String name, boolean anyway) {
        var recorded = recorded(name);
        return new Repetition(recorded, recorded.project(), desk.circumstances()).run(anyway);
    }

    private void changeFirstLabel() throws IOException {
        var file = folder.resolve("route/train.jsonl");
        AtomicFile.write(
                file,
                Files.readString(file).replaceAll("\"(repair|other)\"}", "\"billing\"}")
                        + "{\"id\": \"x\", \"text\": \"y brake\", \"label\": \"repair\"}\n{\"id\": \"z\", \"text\": \"z hours\", \"label\": \"other\"}\n");
    }

    @Test
    void theRecordHoldsAllThatDecidesARun() {
        for (var run : Runs.of(folder).list()) {
            var recorded = recorded(run.id());
            var project = recorded.project();
            try (var workbench = new Workbench(project, folder, desk.circumstances())) {
                var planned = Repetition.planned(project, recorded);
                var digests = RunMaker.digests(planned, workbench, desk.engines);
                assertThat(planned.key(digests)).as(run.id()).isEqualTo(run.key());
            }
        }
    }

    @Test
    void aRunIsMadeAgainWhateverTheProjectFileSaysNow() {
        desk.project(
                Desk.PROJECT
                        .replace("Say which team", "Guess who")
                        .replace("counts: [1, 4]", "counts: [2]")
                        .replace("name: answer", "name: reply"));
        int trainings = desk.engines.trainings;
        var before = Runs.of(folder).find("route/tuned");
        for (var name : List.of("route/tuned", "route/few-shot", "answer/tuned+retrieval")) {
            var outcome = repeat(name, false);
            assertThat(outcome.isSame()).as(name).isTrue();
            assertThat(outcome.changes()).isEmpty();
            assertThat(outcome.answers()).isPositive();
        }
        assertThat(desk.engines.trainings).isEqualTo(trainings + 2);
        assertThat(repeat("route/tuned", false).files())
                .singleElement()
                .satisfies(file -> assertThat(file.recorded()).isPresent());
        assertThat(folder.resolve("runs/repeats")).isEmptyDirectory();
        assertThat(Runs.of(folder).find("route/tuned")).isEqualTo(before);
    }

    @Test
    void everythingThatChangedIsNamedAndNothingIsStarted() throws IOException {
        changeFirstLabel();
        AtomicFile.write(folder.resolve("documents/new.md"), "# New\n\nNothing.\n");
        desk.engines.threads = 4;
        int trainings = desk.engines.trainings;
        assertThatThrownBy(() -> repeat("answer/tuned+retrieval", false))
                .hasMessageContaining("2 things have changed")
                .hasMessageContaining("What the folder documents holds changed")
                .hasMessageContaining("The number of threads was 2 and is 4 now. OMP_NUM_THREADS=2")
                .hasMessageContaining("--anyway");
        assertThatThrownBy(() -> repeat("route/tuned", false))
                .hasMessageContaining("route/train.jsonl (train) was changed: its SHA-256 was ")
                .hasMessageContaining("threads");
        assertThat(desk.engines.trainings).isEqualTo(trainings);
    }

    @Test
    void anywayGoesOnAndKeepsWhatDiffers() throws IOException {
        changeFirstLabel();
        var outcome = repeat("route/tuned", true);
        assertThat(outcome.isSame()).isFalse();
        assertThat(outcome.changes()).hasSize(1);
        assertThat(outcome.differing()).isPositive().isLessThanOrEqualTo(90);
        assertThat(outcome.files()).noneMatch(Repetition.FileOutcome::isSame);
        assertThat(outcome.kept().orElseThrow()).isNotEmptyDirectory();
        int trainings = desk.engines.trainings;
        repeat("route/tuned", true);
        assertThat(desk.engines.trainings).as("is made anew").isEqualTo(trainings + 1);
    }

    @Test
    void whatIsTrainedAgainTakesThePassesThatWereChosenForMemory() throws IOException {
        var runs = Runs.of(folder);
        var adapter = runs.adapter(runs.find("route/tuned")).orElseThrow();
        AtomicFile.write(adapter.resolve("memory.json"), "{\"tokensAtOnce\": 512}");
        changeFirstLabel();
        var kept = repeat("route/tuned", true).kept().orElseThrow();
        try (var files = Files.walk(kept)) {
            assertThat(files.filter(file -> file.endsWith("memory.json")))
                    .singleElement()
                    .satisfies(file -> assertThat(file).content().contains("512"));
        }
    }

    @Test
    void aFileThatIsGoneIsNamedWithWhatItWas() throws IOException {
        Files.delete(folder.resolve("route/validation.jsonl"));
        var digest = Runs.of(folder).find("route/tuned").digests().get("validation");
        assertThatThrownBy(() -> repeat("route/tuned", true))
                .hasMessageContaining("route/validation.jsonl (validation) is gone")
                .hasMessageContaining(digest);
    }

    @Test
    void aTaskMeansEveryRunOfItsNewestComparison() {
        assertThat(Recorded.find(folder, "route"))
                .extracting(each -> each.run().orElseThrow().candidate())
                .containsExactly("zero-shot", "few-shot", "retrieval", "tuned", "tuned+retrieval");
    }

    @Test
    void whatWasTrainedAloneIsRepeatedByItsName() {
        AtomicFile.write(
                folder.resolve("pairs.jsonl"), "{\"anchor\": \"Who?\", \"positive\": \"Ann.\"}\n");
        var project =
                desk.project(
                        Desk.PROJECT
                                + "trainings:\n  - {name: search, objective: contrastive, train: pairs.jsonl}\n");
        new Trainings(project, folder, desk.circumstances())
                .run(project.training("search").orElseThrow());
        int trainings = desk.engines.trainings;
        assertThat(repeat("search", false).isSame()).isTrue();
        var adapter = Runs.of(folder).adapter(Runs.of(folder).find("route/tuned")).orElseThrow();
        assertThat(repeat(String.valueOf(adapter.getFileName()), false).isSame()).isTrue();
        assertThat(desk.engines.trainings).isEqualTo(trainings + 2);
        AtomicFile.write(
                folder.resolve("pairs.jsonl"), "{\"anchor\": \"A\", \"positive\": \"B\"}\n");
        assertThatThrownBy(() -> repeat("search", false))
                .hasMessageContaining("pairs.jsonl (train) was changed");
    }

    @Test
    void whatAnEarlierVersionMadeIsRefused() throws IOException {
        var run = Runs.of(folder).find("route/tuned");
        Files.delete(folder.resolve("runs").resolve(run.id()).resolve(Provenance.FILE));
        assertThatThrownBy(() -> repeat("route/tuned", true))
                .hasMessageContaining("does not say all that it was made of");
    }

    @Test
    void theRecordSaysWhatMadeItAndOfWhat() {
        var madeOf = recorded("route/tuned").madeOf();
        assertThat(madeOf.by().version()).isEqualTo("0.1.0-test");
        assertThat(madeOf.by().threads()).isEqualTo(2);
        assertThat(madeOf.files())
                .extracting(Provenance.Source::path)
                .containsExactly("route/train.jsonl", "route/validation.jsonl", "route/test.jsonl");
        assertThat(madeOf.base())
                .hasValueSatisfying(base -> assertThat(base.licence()).isEqualTo("apache-2.0"));
        assertThat(madeOf.settings()).containsKey("seed").doesNotContainKey("documents");
        assertThat(RunJson.line(madeOf.settings()))
                .contains("\"instruction\":\"Say which team the message is for.\"");
    }
}
