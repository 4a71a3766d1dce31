package dev.sartor.privacy;

import dev.sartor.core.Sampling;
import dev.sartor.core.work.Progress;
import dev.sartor.curate.SensitiveValues;
import dev.sartor.evaluate.statistics.Chance;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What the model says after beginnings of training rows, held against the rows: runs of tokens that stand there verbatim (Carlini et
/// al. 2023, "Quantifying Memorization Across Neural Language Models", definition 3.1), and secrets and personal data of theirs. What
/// the base model says at the same place, too, was not learned; and beginnings of held-out rows show what rows of this kind hold that
/// need not be learned from any.
///
/// @param verbatim tokens in a row that count
/// @param seed of the samples
record OutputAttack(AuditedModel adapter, AuditedModel base, int verbatim, long seed) {
    /// Beginnings that are answered side by side.
    private static final int BATCH = 16;

    /// The most tokens of an answer.
    private static final int TOKENS = 64;

    /// @param prompts beginnings of as many training rows
    /// @param members all rows of the training
    record Rows(List<AuditRow> prompts, List<AuditRow> members, List<AuditRow> heldOut) {}

    /// What both models say after a beginning.
    private record Said(AuditRow row, int[] adapter, int[] base) {}

    /// Empty where there was no time.
    ///
    /// @param notes to which is added what there was no time for
    Optional<AuditReport.OutputResult> run(
            Rows rows, Deadline deadline, Progress progress, List<String> notes) {
        int controls = Math.min(rows.prompts().size(), rows.heldOut().size());
        var said = new ArrayList<Said>();
        var control = new ArrayList<Said>();
        try (var step = progress.begin("answers", rows.prompts().size() + controls, "answers")) {
            for (int from = 0; from < rows.prompts().size(); from += BATCH) {
                if (deadline.isOver()) {
                    notes.add(
                            said.size()
                                    + " of "
                                    + rows.prompts().size()
                                    + " beginnings were gone on with in the time that was given.");
                    break;
                }
                said.addAll(said(batch(rows.prompts(), from)));
                control.addAll(said(batch(rows.heldOut().subList(0, controls), from)));
                step.advance(2L * Math.min(BATCH, rows.prompts().size() - from));
            }
        }
        return said.isEmpty() ? Optional.empty() : Optional.of(result(rows, said, control));
    }

    private static List<AuditRow> batch(List<AuditRow> rows, int from) {
        return rows.subList(Math.min(from, rows.size()), Math.min(from + BATCH, rows.size()));
    }

    /// Greedy for every other row, sampled for the rest.
    private List<Said> said(List<AuditRow> rows) {
        if (rows.isEmpty()) {
            return List.of();
        }
        var prompts = rows.stream().map(AuditRow::beginning).toList();
        var sampling = new ArrayList<Sampling>();
        for (int i = 0; i < rows.size(); i++) {
            var greedy = Sampling.greedy();
            sampling.add(i % 2 == 0 ? greedy : greedy.withTemperature(1).withSeed(seed + i));
        }
        var adapted = adapter.said(prompts, TOKENS, sampling);
        var plain = base.said(prompts, TOKENS, sampling);
        var said = new ArrayList<Said>();
        for (int i = 0; i < rows.size(); i++) {
            said.add(new Said(rows.get(i), adapted.get(i), plain.get(i)));
        }
        return said;
    }

    private AuditReport.OutputResult result(Rows rows, List<Said> said, List<Said> control) {
        var members = new LongestRuns(rows.members().stream().map(AuditRow::learned).toList());
        var others = new LongestRuns(rows.heldOut().stream().map(AuditRow::learned).toList());
        int beyond = beyond(said, members);
        int controlBeyond = beyond(control, others);
        return new AuditReport.OutputResult(
                said.size(),
                said.stream().mapToInt(each -> members.in(each.adapter())).max().orElse(0),
                (int) said.stream().filter(each -> isVerbatim(members, each.adapter())).count(),
                beyond,
                control.size(),
                controlBeyond,
                control.isEmpty()
                        ? 1
                        : Chance.moreOften(beyond, said.size(), controlBeyond, control.size()),
                sensitive(rows, said));
    }

    private int beyond(List<Said> said, LongestRuns runs) {
        return (int)
                said.stream()
                        .filter(each -> isVerbatim(runs, each.adapter()))
                        .filter(each -> !isVerbatim(runs, each.base()))
                        .count();
    }

    private boolean isVerbatim(LongestRuns runs, int[] text) {
        return runs.in(text) >= verbatim;
    }

    private Map<String, Integer> sensitive(Rows rows, List<Said> said) {
        var values = new SensitiveValues();
        var learned = values(values, rows.members());
        learned.removeAll(values(values, rows.heldOut()));
        var given = new HashSet<SensitiveValues.Value>();
        for (var each : said) {
            var here = new HashSet<>(values.in(adapter.text(each.adapter())));
            here.retainAll(learned);
            values.in(adapter.text(each.row().beginning())).forEach(here::remove);
            values.in(base.text(each.base())).forEach(here::remove);
            given.addAll(here);
        }
        return given.stream()
                .collect(
                        Collectors.groupingBy(
                                SensitiveValues.Value::kind,
                                TreeMap::new,
                                Collectors.summingInt(_ -> 1)));
    }

    private static Set<SensitiveValues.Value> values(SensitiveValues values, List<AuditRow> rows) {
        return rows.stream()
                .flatMap(row -> values.in(row.text()).stream())
                .collect(Collectors.toCollection(HashSet::new));
    }
}
