package dev.sartor.project.step;

/// What becomes of a row with a finding.
public enum Action {
    REDACT,
    REMOVE
}
