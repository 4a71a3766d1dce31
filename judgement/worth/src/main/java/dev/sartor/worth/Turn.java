package dev.sartor.worth;

import java.util.Optional;

/// At which value of one input another becomes the most profitable over the horizon.
///
/// @param input as the project file names it, or `score`
/// @param candidate whose score it is; empty for the project's inputs
/// @param at its value now
/// @param below the nearest such value below; empty where none of the values that the input can have is one
/// @param above the nearest above, likewise
public record Turn(
        String input,
        Optional<String> candidate,
        double at,
        Optional<Edge> below,
        Optional<Edge> above) {
    /// @param best who is the most profitable beyond it
    public record Edge(double value, String best) {}

    /// Such as `per_wrong`, or `score of tuned`.
    public String name() {
        return input + candidate.map(each -> " of " + each).orElse("");
    }

    boolean isSomewhere() {
        return below.isPresent() || above.isPresent();
    }
}
