package dev.sartor.compare.verdict;

import java.util.List;
import java.util.Optional;

/// A comparison's conclusion for one task, with its evidence.
public sealed interface Verdict {
    /// What to ship; where there is nothing to ship yet, the best there is.
    String candidate();

    /// Two sentences.
    String why();

    /// Such as `ship`.
    String kind();

    /// The cheapest candidate that is good enough.
    ///
    /// @param goodEnough all of them, the cheapest first
    /// @param open cheaper candidates that the test set is too small to tell about
    record Ship(
            String candidate,
            String why,
            List<String> goodEnough,
            List<Crossing> crossings,
            Optional<Undecided> open)
            implements Verdict {
        @Override
        public String kind() {
            return "ship";
        }
    }

    /// No candidate reaches the target.
    record NothingMeetsTarget(String candidate, String why) implements Verdict {
        @Override
        public String kind() {
            return "nothing-meets-target";
        }
    }

    /// No candidate is shown to beat the baselines, and no target says that it need not.
    record NotShownUsable(String candidate, String why) implements Verdict {
        @Override
        public String kind() {
            return "not-shown-usable";
        }
    }

    /// Cheaper candidates may be as good as the best, and the test set cannot show whether they are.
    record TooSmallToTell(String candidate, String why, Undecided open) implements Verdict {
        @Override
        public String kind() {
            return "too-small-to-tell";
        }
    }

    /// Another good-enough candidate is cheaper beyond this volume.
    ///
    /// @param above whether more answers make it cheaper, or fewer
    record Crossing(String candidate, double answersPerMonth, boolean above) {}

    /// @param needed how many test examples would be enough
    record Undecided(List<String> candidates, int needed) {
        public Undecided {
            candidates = List.copyOf(candidates);
        }
    }
}
