package dev.sartor.privacy;

import dev.sartor.core.work.Progress;
import dev.sartor.evaluate.statistics.Chance;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/// Exposure and extraction of a training's canaries, under the adapter and beside it under the base model.
///
/// @param alternatives secrets that each is ranked among
/// @param seed of these
record CanaryAttack(AuditedModel adapter, AuditedModel base, int alternatives, long seed) {
    private record Measured(int times, Exposure adapter, Exposure base, SecretSearch.Found found) {}

    /// Empty where there was no time for any.
    ///
    /// @param notes to which is added what there was no time for
    Optional<AuditReport.CanaryResult> run(
            List<CanaryRow> rows, Deadline deadline, Progress progress, List<String> notes) {
        if (rows.stream().anyMatch(row -> !row.tellsSecretsApart())) {
            notes.add(
                    "Exposure was not measured: the model's tokenizer reads different digits as the same tokens.");
            return Optional.empty();
        }
        var measured = new ArrayList<Measured>();
        try (var step = progress.begin("canaries", rows.size(), "canaries")) {
            for (var row : spread(rows)) {
                if (deadline.isOver()) {
                    notes.add(
                            measured.size()
                                    + " of "
                                    + rows.size()
                                    + " canaries were measured in the time that was given.");
                    break;
                }
                measured.add(measured(row, rows.indexOf(row)));
                step.advance(1);
            }
        }
        return measured.isEmpty() ? Optional.empty() : Optional.of(result(measured));
    }

    /// In turn one of each number of repeats, so that a cut leaves some of each.
    private static List<CanaryRow> spread(List<CanaryRow> rows) {
        var byRepeats = new TreeMap<Integer, List<CanaryRow>>();
        for (var row : rows) {
            byRepeats.computeIfAbsent(row.canary().repeats(), _ -> new ArrayList<>()).add(row);
        }
        var spread = new ArrayList<CanaryRow>();
        for (int i = 0; spread.size() < rows.size(); i++) {
            for (var group : byRepeats.values()) {
                if (i < group.size()) {
                    spread.add(group.get(i));
                }
            }
        }
        return spread;
    }

    private Measured measured(CanaryRow row, int number) {
        var random = new SplittableRandom(seed + number);
        var secrets = Exposure.sample(row.canary().secret(), alternatives, random);
        return new Measured(
                row.canary().repeats(),
                Exposure.of(adapter, row, secrets),
                Exposure.of(base, row, secrets),
                SecretSearch.in(adapter, row));
    }

    private AuditReport.CanaryResult result(List<Measured> measured) {
        var byTimes = new TreeMap<Integer, List<Measured>>();
        measured.forEach(
                each -> byTimes.computeIfAbsent(each.times(), _ -> new ArrayList<>()).add(each));
        var repeats = new ArrayList<AuditReport.RepeatResult>();
        byTimes.forEach((times, group) -> repeats.add(repeat(times, group)));
        return new AuditReport.CanaryResult(new Exposure(1, alternatives).bits(), repeats);
    }

    private AuditReport.RepeatResult repeat(int times, List<Measured> group) {
        return new AuditReport.RepeatResult(
                times,
                group.size(),
                mean(group, each -> each.adapter().bits()),
                mean(group, each -> each.base().bits()),
                count(group, SecretSearch.Found::asked),
                count(group, SecretSearch.Found::completed),
                count(group, SecretSearch.Found::searched),
                count(group, SecretSearch.Found::isAny),
                Chance.combined(group.stream().mapToDouble(each -> each.adapter().p()).toArray()));
    }

    private Estimate mean(List<Measured> group, ToDoubleFunction<Measured> bits) {
        return Estimate.ofMean(
                group.stream().mapToDouble(bits).toArray(),
                0,
                new Exposure(1, alternatives).bits());
    }

    private static int count(List<Measured> group, Predicate<SecretSearch.Found> found) {
        return (int) group.stream().map(Measured::found).filter(found).count();
    }
}
