package dev.sartor.worth;

import java.util.Optional;

/// A bar of the tornado chart: what becomes of the profit when one input alone goes from its lowest to its highest value.
///
/// @param input as the project file names it, or `score`
/// @param candidate whose score it is; empty for the project's inputs
/// @param at its value now
/// @param range where its ends are from: `±25 %`, `its own range` or `95 % interval`
/// @param profit of the shipped candidate over the horizon
/// @param lead the same less the runner-up's; empty without one
public record Swing(
        String input,
        Optional<String> candidate,
        double at,
        double from,
        double to,
        String range,
        Ends profit,
        Optional<Ends> lead) {
    /// The amounts at the two ends of the input.
    public record Ends(double from, double to) {
        double width() {
            return Math.abs(to - from);
        }
    }

    /// Such as `per_wrong`, or `score of tuned`.
    public String name() {
        return input + candidate.map(each -> " of " + each).orElse("");
    }

    boolean movesSomething() {
        return profit.width() > 0 || lead.filter(each -> each.width() > 0).isPresent();
    }
}
