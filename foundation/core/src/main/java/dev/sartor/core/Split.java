package dev.sartor.core;

/// What an example may be used for. Test examples are opened by the comparison alone.
public enum Split {
    TRAIN,
    VALIDATION,
    TEST
}
