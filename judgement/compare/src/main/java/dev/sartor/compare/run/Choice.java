package dev.sartor.compare.run;

/// What validation chose for a candidate.
///
/// @param count of examples or passages; 0 where there was nothing to choose
/// @param shown how passages are shown, where there are any
public record Choice(int count, Run.Shown shown) {
    public static Choice of(int count) {
        return new Choice(count, Run.Shown.usual());
    }

    public static Choice of(Run.Setup setup) {
        return new Choice(setup.chosen(), setup.shown().orElseGet(Run.Shown::usual));
    }

    /// Whether a model reranks the passages, where one is set to.
    public boolean reranks() {
        return shown.reranked().orElse(true);
    }

    public Choice with(Run.Shown other) {
        return new Choice(count, other);
    }
}
