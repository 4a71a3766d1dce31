package dev.sartor.worth;

/// What became of one question.
public enum Outcome {
    RIGHT,
    WRONG,
    /// To a person, as the candidate was not sure enough.
    LEFT
}
