package dev.sartor.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.core.Json;
import dev.sartor.serve.job.JobEvent;
import dev.sartor.serve.job.Owner;
import dev.sartor.serve.job.Page;
import dev.sartor.serve.job.Purpose;
import dev.sartor.serve.job.StoredFile;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What every database keeps of files and jobs.
public abstract class StoredWorkContract {
    private static final Instant START = Instant.parse("2027-01-01T10:00:00Z");
    private static final Owner ACME = new Owner("tenant:acme");
    private static final Owner ANN = new Owner("user:ann");
    private static final EnumSet<Purpose> ALL = EnumSet.allOf(Purpose.class);
    private static final String KIND = "fine_tuning";

    @TempDir private Path elsewhere;

    private final SetClock clock = new SetClock(START);
    private State state;
    private StoredFiles files;
    private StoredJobs jobs;

    /// The address of a database that holds nothing yet; the same one until the test is over.
    protected abstract String address();

    @BeforeEach
    void open() {
        state = State.open(address(), clock, new Random(7));
        files = state.files("here");
        jobs = state.jobs("here");
    }

    private void add(Owner owner, String id, Purpose purpose) {
        clock.forward(Duration.ofMillis(1));
        files.add(owner, new StoredFile(id, "n\u00e4me", 10, purpose, clock.instant(), "ab"));
    }

    private static Page page(int limit, String after) {
        return new Page(limit, Optional.of(after).filter(each -> !each.isEmpty()), true);
    }

    private StoredJob job(Owner owner, String id, String status) {
        var body = Json.mapper().createObjectNode().put("of", id);
        return new StoredJob(id, KIND, owner, status, clock.instant(), body);
    }

    @Test
    void aFileIsItsOwnersAloneAndInItsPlaceAlone() {
        add(ACME, "f1", Purpose.BATCH);
        assertThat(files.find(ACME, "f1").orElseThrow().name()).isEqualTo("n\u00e4me");
        assertThat(files.find(ANN, "f1")).isEmpty();
        assertThat(state.files("there").find(ACME, "f1")).isEmpty();
        assertThat(files.delete(ANN, "f1")).isFalse();
        assertThat(files.used(ANN)).isEqualTo(new StoredFiles.Used(0, 0));
        assertThat(files.used(ACME)).isEqualTo(new StoredFiles.Used(1, 10));
        assertThat(files.ids()).containsExactly("f1");
        assertThat(files.delete(ACME, "f1")).isTrue();
        assertThat(files.delete(ACME, "f1")).isFalse();
    }

    @Test
    void aListGoesOnBehindAnIdOfItsOwnAndBehindNoOther() {
        add(ACME, "f1", Purpose.BATCH);
        add(ACME, "f2", Purpose.FINE_TUNE);
        add(ANN, "f3", Purpose.BATCH);
        add(ACME, "f4", Purpose.BATCH);
        var first = files.list(ACME, ALL, page(2, ""));
        assertThat(first.items()).extracting(StoredFile::id).containsExactly("f4", "f2");
        assertThat(first.hasMore()).isTrue();
        var second = files.list(ACME, ALL, page(2, "f2"));
        assertThat(second.items()).extracting(StoredFile::id).containsExactly("f1");
        assertThat(second.hasMore()).isFalse();
        assertThat(files.list(ACME, ALL, page(2, "f3")).items()).as("another's").isEmpty();
        assertThat(files.list(ACME, ALL, page(2, "x")).items()).as("invented").isEmpty();
        assertThat(files.list(ACME, EnumSet.of(Purpose.FINE_TUNE), page(9, "")).items())
                .extracting(StoredFile::id)
                .containsExactly("f2");
        assertThat(files.list(ACME, ALL, new Page(9, Optional.of("f1"), false)).items())
                .extracting(StoredFile::id)
                .containsExactly("f2", "f4");
    }

    @Test
    void anOwnerHasSoManyOpenJobsAndOthersHaveTheirOwn() {
        assertThat(jobs.add(job(ACME, "j1", "queued"), List.of("queued"), 1)).isTrue();
        assertThat(jobs.add(job(ACME, "j2", "queued"), List.of("queued"), 1)).isFalse();
        assertThat(jobs.add(job(ANN, "j3", "queued"), List.of("queued"), 1)).isTrue();
        jobs.change("j1", job -> job.with("succeeded"));
        assertThat(jobs.add(job(ACME, "j2", "queued"), List.of("queued"), 1)).isTrue();
        assertThat(jobs.find(KIND, ANN, "j1")).isEmpty();
        assertThat(jobs.find("batch", ACME, "j1")).isEmpty();
        assertThat(jobs.list(KIND, ANN, page(9, "")).items())
                .extracting(StoredJob::id)
                .containsExactly("j3");
        assertThat(jobs.in(KIND, List.of("queued")))
                .extracting(StoredJob::id)
                .containsExactly("j2", "j3");
    }

    @Test
    void aChangeIsThereForWhoeverOpensTheStateAgain() {
        jobs.add(job(ACME, "j1", "queued"), List.of("queued"), 1);
        jobs.change("j1", job -> job.with("running", job.body().put("kills", 2)));
        var found = State.open(address()).jobs("here").find(KIND, ACME, "j1").orElseThrow();
        assertThat(found.status()).isEqualTo("running");
        assertThat(found.body().path("kills").intValue()).isEqualTo(2);
        assertThat(found.body().path("of").stringValue()).isEqualTo("j1");
        assertThat(jobs.change("j9", job -> job)).isEmpty();
    }

    @Test
    void eventsAreNumberedInEachJob() {
        for (int i = 1; i <= 3; i++) {
            jobs.tell("ftjob-a", JobEvent.Level.INFO, "Step " + i, Map.of("step", (double) i));
        }
        jobs.tell("ftjob-b", JobEvent.Level.WARN, "another", Map.of());
        var first = jobs.events("ftjob-a", page(2, ""));
        assertThat(first.items()).extracting(JobEvent::message).containsExactly("Step 3", "Step 2");
        assertThat(first.hasMore()).isTrue();
        var second = jobs.events("ftjob-a", page(2, first.items().getLast().id()));
        assertThat(second.items()).extracting(JobEvent::message).containsExactly("Step 1");
        var others = jobs.events("ftjob-b", page(2, "")).items();
        assertThat(jobs.events("ftjob-a", page(2, others.getFirst().id())).items()).isEmpty();
        assertThat(jobs.lastWith("ftjob-a", "Step %").orElseThrow().metrics())
                .containsEntry("step", 3.0);
    }

    @Test
    void aBackupHoldsFilesJobsAndEvents() {
        add(ACME, "f1", Purpose.BATCH);
        jobs.add(job(ACME, "j1", "queued"), List.of("queued"), 1);
        jobs.tell("j1", JobEvent.Level.INFO, "one", Map.of());
        jobs.tell("j1", JobEvent.Level.INFO, "two", Map.of());
        var lines = new ArrayList<String>();
        assertThat(state.backup(lines::add)).isEqualTo(4);
        var other = State.open(elsewhere.resolve("other.db").toString(), clock, new Random(7));
        other.restore(lines);
        assertThat(other.files("here").find(ACME, "f1")).isEqualTo(files.find(ACME, "f1"));
        assertThat(other.jobs("here").find(KIND, ACME, "j1"))
                .isEqualTo(jobs.find(KIND, ACME, "j1"));
        assertThat(other.jobs("here").events("j1", page(9, "")).items()).hasSize(2);
    }
}
