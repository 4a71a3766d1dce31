package dev.sartor.compare;

/// What the rows of a data file look like.
public enum RowFormat {
    AUTO,
    MESSAGES,
    PROMPT_COMPLETION,
    TEXT_LABEL,
    SQUAD
}
