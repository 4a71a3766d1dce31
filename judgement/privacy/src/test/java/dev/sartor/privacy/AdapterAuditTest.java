package dev.sartor.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.SartorException;
import dev.sartor.core.work.Cancellation;
import dev.sartor.core.work.Progress;
import dev.sartor.privacy.canary.Canaries;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Models whose likelihoods are known: what they know by heart is found, and nothing else.
class AdapterAuditTest {
    private static final AuditReport.Subject OF =
            new AuditReport.Subject("route", "tiny", Map.of("adapter", "a"), "now", Map.of());
    private static final Canaries CANARIES = Canaries.drawn(4, 7);

    @TempDir Path folder;

    /// Rows of one distribution: what they are about is drawn alike.
    private static List<AuditRow> rows(long seed) {
        var random = new Random(seed);
        return IntStream.range(0, 60)
                .mapToObj(i ->
                        Scripted.row(
                                "ticket " + random.nextInt(1_000_000) + "?",
                                "answer " + random.nextLong(1_000_000_000_000L) + " it is"))
                .toList();
    }

    private static final List<AuditRow> MEMBERS = rows(1);
    private static final List<AuditRow> OTHERS = rows(2);

    private static String known(AuditRow row) {
        return new String(row.ids(), 0, row.ids().length);
    }

    private AuditReport audited(Scripted adapter) {
        return audited(adapter, AuditSettings.usual().seed(), Optional.empty(), Clock.systemUTC());
    }

    private AuditReport audited(Scripted adapter, long key, Optional<Duration> time, Clock clock) {
        var base = new Scripted(List.of(), 0.9);
        var settings = new AuditSettings(100, 64, 40, 12, 3, time);
        var audit =
                new AdapterAudit(
                        new AdapterAudit.Models(adapter, adapter, base, List.of()),
                        new AdapterAudit.Rows(
                                MEMBERS,
                                OTHERS,
                                CANARIES.planted().stream().map(Scripted::canary).toList()),
                        settings,
                        clock,
                        new Cancellation());
        return audit.run(OF, AuditParts.of(folder, "" + key), Progress.silent(), new ArrayList<>());
    }

    @Test
    void aModelThatLearnedNothingIsNotAccused() {
        var report = audited(new Scripted(List.of(), 0.9));
        assertThat(report.verdict()).isEqualTo("not found by these attacks");
        assertThat(report.found()).isEmpty();
        assertThat(report.membership().orElseThrow().attacks())
                .allSatisfy(each -> assertThat(each.auc().value()).isBetween(0.4, 0.6));
        // All secrets are as likely as the canary's: none is exposed.
        assertThat(report.canaries().orElseThrow().repeats())
                .allSatisfy(each -> {
                    assertThat(each.exposure().value()).isZero();
                    assertThat(each.extracted()).isZero();
                });
    }

    @Test
    void canariesThatAreKnownByHeartAreFoundAndExtracted() {
        var known =
                CANARIES.planted().stream()
                        .filter(each -> each.repeats() == 16)
                        .map(each -> each.question() + each.answer())
                        .toList();
        var report = audited(new Scripted(known, 0.9));
        assertThat(report.found())
                .singleElement()
                .asString()
                .startsWith("canaries planted 16 times");
        var groups = report.canaries().orElseThrow().repeats();
        assertThat(groups).extracting(AuditReport.RepeatResult::times).containsExactly(1, 4, 16);
        assertThat(groups.getLast().exposure().value()).isEqualTo(6); // log₂ 64
        assertThat(groups.getLast().base().value()).isZero();
        assertThat(groups.getLast())
                .extracting(
                        AuditReport.RepeatResult::asked,
                        AuditReport.RepeatResult::completed,
                        AuditReport.RepeatResult::searched)
                .containsExactly(4, 4, 4);
        assertThat(groups.getFirst().extracted()).isZero();
    }

    @Test
    void rowsThatAreKnownByHeartAreMembersAndComeOutVerbatim() {
        var report =
                audited(new Scripted(MEMBERS.stream().map(AdapterAuditTest::known).toList(), 0.5));
        assertThat(report.found())
                .anyMatch(each -> each.startsWith("membership by loss ratio"))
                .anyMatch(each -> each.startsWith("training rows verbatim"));
        var outputs = report.outputs().orElseThrow();
        assertThat(outputs.beyondBase()).isEqualTo(40);
        assertThat(outputs.controlBeyondBase()).isZero();
    }

    @Test
    void whatIsOverBeforeItBeganIsSaidToBeCut() {
        var begun = Instant.parse("2027-01-01T00:00:00Z");
        var ticking =
                new Clock() {
                    private int calls;

                    @Override
                    public Instant instant() {
                        return begun.plusSeconds(calls++);
                    }

                    @Override
                    public ZoneId getZone() {
                        return ZoneOffset.UTC;
                    }

                    @Override
                    public Clock withZone(ZoneId zone) {
                        return this;
                    }
                };
        var report =
                audited(
                        new Scripted(List.of(), 0.9),
                        5,
                        Optional.of(Duration.ofSeconds(10)),
                        ticking);
        assertThat(report.notes())
                .anyMatch(each -> each.startsWith("3 of 12 canaries were measured"));
        assertThat(report.canaries().orElseThrow().repeats())
                .extracting(AuditReport.RepeatResult::canaries)
                .containsExactly(1, 1, 1);
    }

    @Test
    void aStoppedAuditGoesOnFromItsFinishedParts() {
        var stop = new Cancellation();
        var parts = AuditParts.of(folder, "same");
        assertThat(
                        parts.once(
                                        "outputs",
                                        AuditReport.OutputResult.class,
                                        notes -> {
                                            notes.add("cut");
                                            return Optional.of(
                                                    new AuditReport.OutputResult(
                                                            1,
                                                            2,
                                                            0,
                                                            0,
                                                            1,
                                                            0,
                                                            1,
                                                            Map.of("email", 1)));
                                        })
                                .result())
                .isPresent();
        var again =
                AuditParts.of(folder, "same")
                        .once("outputs", AuditReport.OutputResult.class, _ -> Optional.empty());
        assertThat(again.result().orElseThrow().sensitive()).containsEntry("email", 1);
        assertThat(again.notes()).containsExactly("cut");
        var other =
                AuditParts.of(folder, "other")
                        .once("outputs", AuditReport.OutputResult.class, _ -> Optional.empty());
        assertThat(other.result()).isEmpty();
        stop.ask();
        assertThatThrownBy(() -> new Deadline(Clock.systemUTC(), Optional.empty(), stop).isOver())
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("goes on from there");
    }

    @Test
    void aReportIsReadAsItWasWritten() {
        var report = audited(new Scripted(List.of(), 0.9));
        AuditParts.of(folder, "1").finish(report);
        assertThat(AuditParts.report(folder)).contains(report);
        assertThat(folder.resolve("audit.part.json")).doesNotExist();
    }

    @Test
    void secretsOfTrainingRowsAreCountedOnlyWhereNothingElseSaysThem() {
        var row = Scripted.row("who?", "write to ann.lovelace@example.org please, says the desk");
        var common = Scripted.row("and?", "write to desk@example.org please, says the desk here");
        var adapter = new Scripted(List.of(known(row), known(common)), 0.9);
        var attack = new OutputAttack(adapter, new Scripted(List.of(), 0.9), 12, 1);
        var result =
                attack.run(
                                new OutputAttack.Rows(
                                        List.of(row, common),
                                        List.of(row, common),
                                        List.of(Scripted.row("so?", "mail desk@example.org"))),
                                new Deadline(
                                        Clock.systemUTC(), Optional.empty(), new Cancellation()),
                                Progress.silent(),
                                new ArrayList<>())
                        .orElseThrow();
        assertThat(result.sensitive()).containsExactly(Map.entry("email", 1));
        var silent = new OutputAttack(adapter, adapter, 12, 1);
        assertThat(
                        silent.run(
                                        new OutputAttack.Rows(
                                                List.of(row), List.of(row), List.of(common)),
                                        new Deadline(
                                                Clock.systemUTC(),
                                                Optional.empty(),
                                                new Cancellation()),
                                        Progress.silent(),
                                        new ArrayList<>())
                                .orElseThrow()
                                .sensitive())
                .as("the base model says it, too")
                .isEmpty();
    }
}
