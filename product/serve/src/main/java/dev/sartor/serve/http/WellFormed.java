package dev.sartor.serve.http;

import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Finds halves of surrogate pairs, which JSON can carry (`"\ud83d"`), and which no tokenizer reads and no UTF-8 holds.
final class WellFormed {
    static final String RULE = "valid Unicode";

    private WellFormed() {}

    /// The first half that stands alone, as a complaint shows it; empty for a text that is Unicode.
    static Optional<String> flaw(String text) {
        return text.codePoints()
                .filter(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)
                .mapToObj(c -> String.format(Locale.ROOT, "half of a surrogate pair (\\u%04x)", c))
                .findFirst();
    }

    /// The same of every text in a value, names of fields included.
    static Optional<String> flaw(JsonNode value) {
        if (value.isString()) {
            return flaw(value.stringValue());
        }
        return value.propertyNames().stream()
                .flatMap(name -> flaw(name).stream())
                .findFirst()
                .or(() -> value.valueStream().flatMap(each -> flaw(each).stream()).findFirst());
    }
}
