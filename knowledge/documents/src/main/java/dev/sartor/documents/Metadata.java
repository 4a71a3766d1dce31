package dev.sartor.documents;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// What is known of a document besides its text: the values of fields by their names.
public record Metadata(Map<String, List<String>> fields) {
    /// The suffix of a file's name, in lower case.
    public static final String TYPE = "type";

    /// The day on which a file was last changed, in UTC.
    public static final String DATE = "date";

    /// `no` where somebody writes the document whom the index's keeper does not answer for.
    public static final String CURATED = "curated";

    private static final String NOT = "no";

    private static final Metadata NONE = new Metadata(Map.of());

    public Metadata {
        var sorted = new TreeMap<String, List<String>>();
        fields.forEach((name, values) -> sorted.put(name, List.copyOf(values)));
        fields = Collections.unmodifiableMap(sorted);
    }

    public static Metadata none() {
        return NONE;
    }

    /// The same of a document that nobody here answers for.
    public Metadata uncurated() {
        var all = new TreeMap<>(fields);
        all.put(CURATED, List.of(NOT));
        return new Metadata(all);
    }

    /// The same of one that somebody here answers for.
    public Metadata curated() {
        var all = new TreeMap<>(fields);
        all.remove(CURATED);
        return new Metadata(all);
    }

    /// Whether somebody here answers for what it says.
    public boolean isCurated() {
        return !fields.getOrDefault(CURATED, List.of()).contains(NOT);
    }

    public static Metadata ofFile(String path) {
        var name = path.substring(path.lastIndexOf('/') + 1);
        int dot = name.lastIndexOf('.');
        return dot <= 0 || dot == name.length() - 1
                ? NONE
                : new Metadata(
                        Map.of(TYPE, List.of(name.substring(dot + 1).toLowerCase(Locale.ROOT))));
    }

    public static Metadata ofFile(String path, Instant changed) {
        var fields = new TreeMap<>(ofFile(path).fields());
        fields.put(DATE, List.of(changed.atOffset(ZoneOffset.UTC).toLocalDate().toString()));
        return new Metadata(fields);
    }
}
