package dev.sartor.serve.job;

import java.util.Arrays;
import java.util.Optional;

/// What a file is for.
public enum Purpose {
    FINE_TUNE("fine-tune"),
    BATCH("batch"),
    /// Made by the server alone.
    BATCH_OUTPUT("batch_output");

    private final String text;

    Purpose(String text) {
        this.text = text;
    }

    /// As the API writes it.
    public String text() {
        return text;
    }

    public static Optional<Purpose> of(String text) {
        return Arrays.stream(values()).filter(each -> each.text.equals(text)).findFirst();
    }
}
