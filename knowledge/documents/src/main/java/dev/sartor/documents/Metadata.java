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

    private static final Metadata NONE = new Metadata(Map.of());

    public Metadata {
        var sorted = new TreeMap<String, List<String>>();
        fields.forEach((name, values) -> sorted.put(name, List.copyOf(values)));
        fields = Collections.unmodifiableMap(sorted);
    }

    public static Metadata none() {
        return NONE;
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
