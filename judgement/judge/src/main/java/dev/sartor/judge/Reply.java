package dev.sartor.judge;

/// What a judge said of a pair in the order in which it was shown: one of the choices, or none of them.
enum Reply {
    A,
    B,
    C,
    UNREADABLE
}
