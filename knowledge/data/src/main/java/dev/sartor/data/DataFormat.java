package dev.sartor.data;

import dev.sartor.core.SartorException;
import dev.sartor.core.text.Nearest;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;

/// What the rows of a data file look like, whether the file is JSONL, a JSON array, CSV, Parquet or Arrow.
public enum DataFormat {
    /// Whatever the first row fits.
    AUTO,
    /// `{"messages": [{"role", "content"}, …]}`; the last turn is the assistant's, and is the reference.
    MESSAGES,
    /// `{"prompt", "completion"}`, each a string or a list of messages.
    PROMPT_COMPLETION,
    /// A text and its label; the columns' names are in {@link ReadRules}.
    TEXT_LABEL,
    /// The nested JSON of SQuAD 1.1 and 2.0, or its flat rows `{"id", "question", "answers": {"text": […]}}`.
    SQUAD;

    /// The name in a project file, such as `prompt-completion`.
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// @throws SartorException a user's error that names the nearest format
    public static DataFormat of(String key) {
        var keys = Arrays.stream(values()).map(DataFormat::key).toList();
        return Stream.of(values())
                .filter(format -> format.key().equals(key))
                .findFirst()
                .orElseThrow(() ->
                        SartorException.user(
                                "unknown data format '"
                                        + key
                                        + "'; known are "
                                        + String.join(", ", keys)
                                        + "."
                                        + Nearest.hint(key, keys)));
    }
}
