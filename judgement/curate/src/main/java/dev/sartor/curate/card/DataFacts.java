package dev.sartor.curate.card;

import dev.sartor.core.Split;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a program can say of a data set.
///
/// @param name of the data set, such as `helpdesk routing`
/// @param licence of the data itself, as SPDX writes it; empty where nobody said
/// @param splits rows of each split, in the order they are shown
/// @param fields of the rows
/// @param labels rows of each label by split; empty for texts without labels
/// @param lengths of texts, of each split
/// @param languages rows by two-letter code; `unknown` for those that nobody is sure of
/// @param readers who may read the rows, such as `everyone` or `group sales`, and how many rows
/// @param sourceLicences rows or files by the licence they are under
/// @param cleaning the steps that made the rows what they are, in their order
public record DataFacts(
        String name,
        Optional<String> licence,
        Map<Split, SplitFacts> splits,
        List<Field> fields,
        Map<String, Map<Split, Long>> labels,
        Map<Split, Lengths> lengths,
        Map<String, Long> languages,
        Map<String, Long> readers,
        Map<String, Long> sourceLicences,
        List<CleaningStep> cleaning) {
    public DataFacts {
        splits = ordered(splits);
        fields = List.copyOf(fields);
        labels = ordered(labels);
        lengths = ordered(lengths);
        languages = ordered(languages);
        readers = ordered(readers);
        sourceLicences = ordered(sourceLicences);
        cleaning = List.copyOf(cleaning);
    }

    private static <K, V> Map<K, V> ordered(Map<K, V> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }

    /// @param file its name in the data set's folder
    /// @param sha256 of the file
    public record SplitFacts(String file, long rows, String sha256) {}

    /// @param type such as `string`
    /// @param filled rows that have a value
    public record Field(String name, String type, long filled) {}

    /// In characters.
    public record Lengths(long least, long median, long percentile95, long most) {}

    /// @param settings by name, as they were
    /// @param removed rows
    /// @param changed rows
    public record CleaningStep(
            String name, Map<String, String> settings, long removed, long changed) {
        public CleaningStep {
            settings = ordered(settings);
        }
    }

    long rows() {
        return splits.values().stream().mapToLong(SplitFacts::rows).sum();
    }

    boolean hasLabels() {
        return !labels.isEmpty();
    }
}
