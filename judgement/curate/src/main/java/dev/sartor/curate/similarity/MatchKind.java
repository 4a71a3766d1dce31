package dev.sartor.curate.similarity;

/// How two rows were found to say the same, the strongest evidence first.
public enum MatchKind {
    /// The same text.
    EXACT,
    /// The same but for case, space and punctuation, see {@link dev.sartor.data.Folding}.
    FOLDED,
    /// Thirteen words in a row stand in both.
    THIRTEEN_GRAM,
    /// Alike in their characters.
    NEAR,
    /// Alike in their vectors.
    SEMANTIC
}
