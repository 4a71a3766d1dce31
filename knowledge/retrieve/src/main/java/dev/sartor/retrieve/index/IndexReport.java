package dev.sartor.retrieve.index;

import dev.sartor.documents.ParseReport;
import dev.sartor.retrieve.split.PlainWords;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What a run did to a standing index.
///
/// @param embedded passages whose vectors were computed
/// @param reused passages written anew whose vectors were known
/// @param failed all documents that could not be read, those of earlier runs included
/// @param reading how much of the time documents were read and taken apart, before anything was embedded
/// @param readers of all documents, how many everyone may read, and how many nobody
/// @param unusedRules access rules that are about no document, each with its file and line
/// @param plain passages of an index by language whose language was not told, or has no analyser: see {@link Analysis#ANY}
/// @param suspicious passages that were written, of documents that are not curated, and look like an instruction to a model
/// @param forgotten documents that are there and stay out, as the index forgot them on purpose
/// @param generation the one that is searched from now on
public record IndexReport(
        Counts counts,
        int embedded,
        int reused,
        List<ParseReport.Unreadable> failed,
        ReaderCounts readers,
        List<String> unusedRules,
        int plain,
        int suspicious,
        int forgotten,
        int generation,
        Duration reading,
        Duration took) {
    public IndexReport {
        failed = List.copyOf(failed);
        unusedRules = List.copyOf(unusedRules);
    }

    /// Documents, each in one of these.
    ///
    /// @param moved content as before under another path
    /// @param relabelled others may read it now, and nothing else changed
    public record Counts(
            int unchanged, int added, int changed, int moved, int removed, int relabelled) {
        public boolean changesNothing() {
            return added + changed + moved + removed + relabelled == 0;
        }
    }

    /// Lines with the counts and who may read, and one for each document that was left out and each rule without one.
    public List<String> lines() {
        var lines = new ArrayList<String>();
        lines.add(
                String.format(
                        Locale.ROOT,
                        "%d added, %d changed, %d moved, %d removed, %d with other readers, %d"
                                + " unchanged; %d passages embedded, %d kept their vectors (%.1f s)",
                        counts.added(),
                        counts.changed(),
                        counts.moved(),
                        counts.removed(),
                        counts.relabelled(),
                        counts.unchanged(),
                        embedded,
                        reused,
                        took.toMillis() / 1000.0));
        lines.add(readers.said());
        readers.next().ifPresent(lines::add);
        unusedRules.forEach(rule -> lines.add("warning: " + rule));
        if (!failed.isEmpty()) {
            lines.add(failed.size() + " left out; each is tried again when it changes:");
            failed.forEach(file -> lines.add("  " + file));
        }
        if (forgotten > 0) {
            lines.add(
                    forgotten
                            + " stay out, as `sartor index forget` deleted them; it takes one back with --allow-again.");
        }
        if (suspicious > 0) {
            lines.add(
                    String.format(
                            Locale.ROOT,
                            "%,d passages of documents that are not curated look like an instruction to a model; answers go without them. Where"
                                    + " somebody here answers for a source, `curated: true` in its .source.yaml says so.",
                            suspicious));
        }
        if (plain > 0) {
            lines.add(PlainWords.said(plain));
        }
        return lines;
    }
}
