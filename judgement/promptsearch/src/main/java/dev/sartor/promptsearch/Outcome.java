package dev.sartor.promptsearch;

/// What became of a proposal.
public enum Outcome {
    /// It answered all validation examples.
    MEASURED,
    /// It was shown to be worse than the best on the examples that it had answered.
    BEATEN,
    /// It could not have become the best any more, had it answered all that was left rightly.
    OUT_OF_REACH,
    /// It did no better than its parent on a few training examples, and did not race.
    NO_BETTER,
    /// It does not fit the model's context.
    TOO_LONG,
    /// The budget had no room for it.
    OVER_BUDGET
}
