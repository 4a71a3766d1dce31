package dev.sartor.curate;

import dev.sartor.curate.personal.PersonalScanner;
import dev.sartor.curate.personal.PersonalSettings;
import dev.sartor.curate.secret.SecretScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The secrets and the personal data that stand in a text, each with its value, to be looked for elsewhere. Thread-safe.
public final class SensitiveValues {
    private final SecretScanner secrets = new SecretScanner();
    private final PersonalScanner personal =
            new PersonalScanner(PersonalSettings.DEFAULT, List.of());

    /// @param kind such as `github-pat` or `email`
    /// @param value what all ways of writing it have in common; never to be written out
    public record Value(String kind, String value) {
        /// Without the value, so that no log tells it.
        @Override
        public String toString() {
            return kind;
        }
    }

    /// In no particular order; names of people are not among them.
    public List<Value> in(String text) {
        var found = new ArrayList<Value>();
        secrets.scan(text)
                .forEach(each ->
                        found.add(
                                new Value(each.rule(), text.substring(each.start(), each.end()))));
        personal.scan(text)
                .forEach(each ->
                        found.add(
                                new Value(
                                        each.kind().name().toLowerCase(Locale.ROOT),
                                        each.value())));
        return found;
    }
}
