package dev.sartor.project.step;

/// What texts are.
public enum Profile {
    ROWS,
    DOCUMENTS
}
