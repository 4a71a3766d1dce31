package dev.sartor.compare.verdict;

import dev.sartor.compare.run.Figures;
import dev.sartor.compare.verdict.Verdict.Crossing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The volumes at which another candidate becomes the cheapest.
public final class BreakEven {
    private BreakEven() {}

    /// The nearest volume below and the nearest above the expected one; empty where the winner is the cheapest at any.
    static List<Crossing> of(Measured winner, List<Measured> goodEnough, double volume) {
        var below = new ArrayList<Crossing>();
        var above = new ArrayList<Crossing>();
        for (var other : goodEnough) {
            var equal = winner.cost().equalAt(other.cost());
            if (other.equals(winner) || !Double.isFinite(equal) || equal < 1) {
                continue;
            }
            if (equal > volume) {
                above.add(new Crossing(other.name(), equal, true));
            } else {
                below.add(new Crossing(other.name(), equal, false));
            }
        }
        var byVolume = Comparator.comparingDouble(Crossing::answersPerMonth);
        var nearest = new ArrayList<Crossing>();
        below.stream().max(byVolume).ifPresent(nearest::add);
        above.stream().min(byVolume).ifPresent(nearest::add);
        return nearest;
    }

    public static String sentence(List<Crossing> crossings, String winner) {
        if (crossings.isEmpty()) {
            return winner + " is the cheapest of them at any volume.";
        }
        var sentences = new ArrayList<String>();
        for (var each : crossings) {
            sentences.add(
                    (each.above() ? "Above " : "Below ")
                            + Figures.volume(each.answersPerMonth())
                            + " answers a month "
                            + each.candidate()
                            + " would be cheaper.");
        }
        return String.join(" ", sentences);
    }
}
