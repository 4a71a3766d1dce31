package dev.sartor.compare;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// TEMPORARY until evaluate is merged.
final class Labels {
    private Labels() {}

    static Optional<String> match(String text, List<String> labels) {
        return labels.stream().filter(l -> fold(l).equals(fold(text))).findFirst();
    }

    private static String fold(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", " ").strip();
    }
}
