package dev.sartor.curate;

import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.core.Split;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.core.file.Sha256;
import dev.sartor.curate.duplicate.NearDuplicates;
import dev.sartor.curate.row.RowInputs;
import dev.sartor.curate.row.RowStore;
import dev.sartor.curate.row.StoreWriter;
import dev.sartor.curate.split.Amount;
import dev.sartor.curate.split.LabelGap;
import dev.sartor.curate.split.RowSplits;
import dev.sartor.curate.split.RowSplitter;
import dev.sartor.curate.split.SplitRows;
import dev.sartor.curate.split.SplitSizes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/// Splits rows into training, validation and test, and writes them as three files.
public final class Splitting {
    /// The file that says how the split was made; written last.
    public static final String RECORD = "split.json";

    private final RowSource source;

    public Splitting(RowSource source) {
        this.source = source;
    }

    /// How rows are split.
    ///
    /// @param train a share or a number of rows; empty for the rest
    /// @param validation likewise
    /// @param test likewise
    /// @param isStratified whether each label has its share in each split, where rows have labels
    /// @param groups fields of which rows with an equal value stay together
    /// @param time a field by which the latest rows are the test
    /// @param near from which similarity on rows are kept on one side; empty where near duplicates may stand on both
    public record Settings(
            Optional<String> train,
            String validation,
            String test,
            boolean isStratified,
            List<String> groups,
            Optional<String> time,
            Optional<Double> near,
            long seed) {
        public Settings {
            groups = List.copyOf(groups);
        }
    }

    /// What was written.
    ///
    /// @param clustered how many rows have a near duplicate, with which they stay
    public record Report(
            List<CleaningReport.Input> inputs,
            Settings settings,
            Map<String, CleaningReport.Result> files,
            int clustered,
            List<Gap> gaps,
            List<String> notes) {}

    /// A label that has not its share in a split.
    ///
    /// @param points by which its share there differs from its share of all rows
    public record Gap(String label, String split, double points) {}

    /// @param out a new folder, or an empty one
    public Report split(List<Path> files, Settings settings, Path out) {
        requireNew(out);
        var sizes =
                new SplitSizes(
                        settings.train().map(each -> Amount.parse("--train", each)),
                        Amount.parse("--validation", settings.validation()),
                        Amount.parse("--test", settings.test()));
        var inputs = RowInputs.of(files);
        var writer = new StoreWriter(source.work(), source.progress(), source.cancellation());
        try (var store = writer.store(inputs, source.columns())) {
            refuseUnreadable(store, writer);
            var clusters = clusters(store, settings);
            var splits = RowSplitter.split(rows(store, settings, clusters), sizes, settings.seed());
            var notes = new ArrayList<String>();
            notes.addAll(inputs.notes());
            notes.addAll(writer.notes());
            notes.addAll(splits.notes());
            var report =
                    new Report(
                            inputs(store),
                            settings,
                            write(store, splits, out),
                            (int) IntStream.of(clusters).filter(each -> each >= 0).count(),
                            splits.gaps().stream().map(Splitting::gap).toList(),
                            notes);
            AtomicFile.write(out.resolve(RECORD), Json.pretty(report));
            return report;
        }
    }

    private static Gap gap(LabelGap gap) {
        return new Gap(
                gap.label(),
                gap.split().name().toLowerCase(Locale.ROOT),
                Math.round(gap.points() * 10) / 10.0);
    }

    private static List<CleaningReport.Input> inputs(RowStore store) {
        return store.inputs().stream()
                .map(each ->
                        new CleaningReport.Input(
                                each.file(), each.sha256(), each.rows(), each.unreadable(), false))
                .toList();
    }

    private static void requireNew(Path out) {
        if (!Files.exists(out)) {
            return;
        }
        try (var all = Files.list(out)) {
            if (all.findAny().isPresent()) {
                throw SartorException.user(out + " is not empty: name a new folder with --out.");
            }
        } catch (IOException e) {
            throw SartorException.missing("cannot read " + out + ": " + e.getMessage(), e);
        }
    }

    /// A row that is lost in a split would be found in none.
    private static void refuseUnreadable(RowStore store, StoreWriter writer) {
        int count = store.unreadable();
        if (count == 0) {
            return;
        }
        try (var lines = Files.lines(writer.unreadable())) {
            throw SartorException.user(
                    count
                            + " rows cannot be read, the first "
                            + lines.findFirst().orElse("")
                            + ": mend them, or have `sartor data clean` leave them out.");
        } catch (IOException e) {
            throw SartorException.missing("cannot read " + writer.unreadable(), e);
        }
    }

    /// Of each row the earliest of its near duplicates; -1 for a row that has none.
    private int[] clusters(RowStore store, Settings settings) {
        var clusters = IntStream.range(0, store.size()).map(_ -> -1).toArray();
        if (settings.near().isEmpty()) {
            return clusters;
        }
        var near = new NearDuplicates(settings.near().get(), settings.seed());
        for (var each : near.find(store.size(), store::text, source.progress()).duplicates()) {
            clusters[each.row()] = each.kept();
            clusters[each.kept()] = each.kept();
        }
        return clusters;
    }

    private static SplitRows rows(RowStore store, Settings settings, int[] clusters) {
        var rows = SplitRows.of(store.size()).clustered(clusters);
        if (settings.isStratified()) {
            var labels =
                    IntStream.range(0, store.size())
                            .mapToObj(row -> store.label(row).orElse(""))
                            .toList();
            if (labels.stream().anyMatch(each -> !each.isEmpty())) {
                rows = rows.stratified(labels);
            }
        }
        for (var group : settings.groups()) {
            rows = rows.grouped(values(store, group, "--group"));
        }
        return settings.time().isPresent()
                ? rows.timed(values(store, settings.time().get(), "--time"))
                : rows;
    }

    private static List<String> values(RowStore store, String field, String option) {
        var values = new ArrayList<String>();
        boolean isThere = false;
        for (int row = 0; row < store.size(); row++) {
            var value = store.fields(row).path(field);
            isThere |= !value.isMissingNode() && !value.isNull();
            values.add(
                    value.isMissingNode() || value.isNull()
                            ? ""
                            : value.isString() ? value.stringValue() : value.toString());
        }
        if (!isThere) {
            throw SartorException.user(
                    option
                            + " must be a field of the rows, got "
                            + field
                            + ", which no row has; the first row has "
                            + String.join(", ", store.fields(0).propertyNames())
                            + ".");
        }
        return values;
    }

    private static Map<String, CleaningReport.Result> write(
            RowStore store, RowSplits splits, Path out) {
        var written = new LinkedHashMap<String, CleaningReport.Result>();
        for (var split : Split.values()) {
            var rows = splits.rows(split);
            if (rows.length == 0) {
                continue;
            }
            var name = split.name().toLowerCase(Locale.ROOT);
            var file = out.resolve(name + ".jsonl");
            AtomicFile.write(
                    file,
                    to -> {
                        for (int row : rows) {
                            to.write(store.json(row));
                            to.write('\n');
                        }
                    });
            written.put(
                    name,
                    new CleaningReport.Result(
                            file.getFileName().toString(), Sha256.ofReadable(file), rows.length));
        }
        return written;
    }
}
