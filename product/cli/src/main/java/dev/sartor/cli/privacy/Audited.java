package dev.sartor.cli.privacy;

import dev.sartor.compare.LearnedRows;
import dev.sartor.core.Example;
import dev.sartor.core.Message;
import dev.sartor.core.Readers;
import dev.sartor.core.SartorException;
import dev.sartor.core.file.ReadersFile;
import dev.sartor.data.DataFormat;
import dev.sartor.data.ExampleReader;
import dev.sartor.data.ReadRules;
import dev.sartor.data.RowFile;
import dev.sartor.generate.LanguageModel;
import dev.sartor.model.adapter.PeftFolder;
import dev.sartor.privacy.AdapterAudit;
import dev.sartor.privacy.AuditRow;
import dev.sartor.privacy.CanaryRow;
import dev.sartor.privacy.LocalAuditedModel;
import dev.sartor.privacy.canary.Canaries;
import dev.sartor.privacy.canary.Canary;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// What is audited: an adapter with the rows that it learned from and others that it did not, as texts.
///
/// @param name by which it was asked for
/// @param canaried the folder of the training with the canaries, which may be the adapter's own; empty without one
/// @param whole whether rows are texts that were learned whole
/// @param train rows of the training, each with its answer; likewise the held-out ones
/// @param canaries each once, as their training saw them
record Audited(
        String name,
        String model,
        Path adapter,
        Optional<Path> canaried,
        boolean whole,
        List<Row> train,
        List<Row> heldOut,
        List<Row> canaries,
        Readers readers) {
    /// @param question what the model is asked; empty for a whole text
    /// @param answer what is learned
    record Row(List<Message> question, String answer, String text) {
        static Row of(Example example) {
            return new Row(
                    example.input(),
                    example.reference(),
                    example.text() + "\n" + example.reference());
        }

        static Row of(String text) {
            return new Row(List.of(), text, text);
        }
    }

    static Audited of(String name, LearnedRows learned) {
        return new Audited(
                name,
                learned.model(),
                learned.adapter(),
                learned.canaried(),
                /* whole= */ false,
                learned.train().stream().map(Row::of).toList(),
                learned.heldOut().stream().map(Row::of).toList(),
                learned.canaries().stream().map(Row::of).toList(),
                learned.readers());
    }

    /// @throws SartorException a user's error where the folder holds no adapter, or a row is none
    static Audited of(Path folder, ForeignOptions foreign) {
        if (!PeftFolder.isOne(folder)) {
            throw SartorException.user(
                    folder
                            + " holds no adapter in PEFT's format: name a folder with adapter_config.json, or a run of a project without --model and --data.");
        }
        var canaries = Canaries.read(folder);
        return new Audited(
                folder.toString(),
                foreign.model.orElseThrow(),
                folder,
                canaries.map(_ -> folder),
                foreign.texts,
                rows(foreign.data.orElseThrow(), foreign.texts),
                foreign.heldOut.map(file -> rows(file, foreign.texts)).orElse(List.of()),
                canaries.stream()
                        .flatMap(all -> all.planted().stream())
                        .map(each -> canary(each, foreign.texts))
                        .toList(),
                ReadersFile.ofModel(folder));
    }

    private static Row canary(Canary canary, boolean whole) {
        return whole
                ? Row.of(canary.answer())
                : new Row(
                        List.of(Message.user(canary.question())), canary.answer(), canary.answer());
    }

    private static List<Row> rows(Path file, boolean whole) {
        return whole
                ? RowFile.texts(file).rows().stream().map(Row::of).toList()
                : ExampleReader.read(file, DataFormat.AUTO, ReadRules.any()).examples().stream()
                        .map(Row::of)
                        .toList();
    }

    /// As the model reads them.
    ///
    /// @param notes to which is added how many rows it cannot read
    AdapterAudit.Rows rows(LanguageModel open, List<String> notes) {
        var members = read(open, train, "training", notes);
        if (members.isEmpty()) {
            throw SartorException.user(
                    "none of the "
                            + train.size()
                            + " training rows of "
                            + name
                            + " can be read by "
                            + model
                            + ": name the rows that it learned from.");
        }
        return new AdapterAudit.Rows(
                members, read(open, heldOut, "held-out", notes), canaryRows(open));
    }

    private List<AuditRow> read(
            LanguageModel open, List<Row> rows, String kind, List<String> notes) {
        var read = new ArrayList<AuditRow>();
        rows.forEach(row -> read(open, row).ifPresent(read::add));
        if (read.size() < rows.size()) {
            notes.add(
                    (rows.size() - read.size())
                            + " of "
                            + rows.size()
                            + " "
                            + kind
                            + " rows are longer than "
                            + model
                            + " reads, or empty, and were left out.");
        }
        return read;
    }

    private Optional<AuditRow> read(LanguageModel open, Row row) {
        return whole
                ? LocalAuditedModel.row(open, row.text())
                : LocalAuditedModel.row(open, row.question(), row.answer(), row.text());
    }

    private List<CanaryRow> canaryRows(LanguageModel open) {
        var planted = canaried.flatMap(Canaries::read).map(Canaries::planted).orElse(List.of());
        return IntStream.range(0, planted.size())
                .mapToObj(i -> canaryRow(open, planted.get(i), canaries.get(i)))
                .toList();
    }

    private CanaryRow canaryRow(LanguageModel open, Canary canary, Row row) {
        var seen =
                read(open, row)
                        .orElseThrow(() ->
                                SartorException.user(
                                        "a canary of "
                                                + name
                                                + " does not fit what "
                                                + model
                                                + " reads: train without --canaries."));
        return new CanaryRow(
                canary,
                answer -> read(open, new Row(row.question(), answer, answer)).orElseThrow().ids(),
                seen.start());
    }
}
