package dev.sartor.model.adapter;

import dev.sartor.core.Problems;
import java.nio.file.Path;

/// A PEFT adapter and how much of it is meant.
///
/// @param factor what its change to the model is multiplied by; 1 for the adapter as it was trained
public record WeightedAdapter(Path folder, double factor) {
    public WeightedAdapter {
        Problems.refuseUnless(
                Double.isFinite(factor) && factor != 0,
                "an adapter's weight",
                "a number other than 0",
                factor,
                "1 is the adapter as it was trained; several add up to 1 as a rule");
    }
}
