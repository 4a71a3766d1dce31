package dev.sartor.project.setting;

/// What may be sent to a remote model.
public enum Egress {
    /// Nothing: it is named, and not asked.
    NONE,
    /// The asker's own words, and what everyone may read.
    PUBLIC,
    /// Whatever the asker may read.
    ALL
}
