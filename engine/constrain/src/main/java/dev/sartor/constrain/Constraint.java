package dev.sartor.constrain;

/// What one row may still say so that its text comes out in the form that was asked for. Grows with the row's tokens. Not
/// thread-safe; {@link #fork} gives another row the same beginning.
public interface Constraint {
    /// The tokens that may come next: those after which the text can still be completed within the tokens that remain,
    /// and those that end the turn where the text is complete. At least one, as long as `remaining` is at least {@link #tokensToClose}.
    /// Valid until the next call.
    ///
    /// @param remaining how many tokens may still come, the next one counted; at least 1
    TokenSet allowed(int remaining);

    /// @param token one of the allowed ones, but none that ends the turn
    void accept(int token);

    /// Whether the text is complete as it stands, so that the turn may end.
    boolean mayEnd();

    /// Whether the text is complete and nothing can follow.
    boolean isComplete();

    /// How many tokens complete the text for certain; 0 where it is complete. Others may do with fewer.
    int tokensToClose();

    Constraint fork();
}
