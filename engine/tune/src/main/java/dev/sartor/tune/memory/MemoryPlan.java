package dev.sartor.tune.memory;

import dev.sartor.model.PassSize;
import dev.sartor.model.memory.MemoryNeed;
import dev.sartor.tune.TuneSettings;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// What a training needs in memory, told before it starts.
///
/// @param need of the process at its peak
/// @param allowedMib what the process may hold; empty where the system does not say
/// @param passes how its steps are computed
/// @param largest its largest pass, for each kind of the network's blocks
/// @param largestBatch the most rows of a step that fit when they are computed in one pass, everything kept; empty where not
///     even one does, or the system does not say what there is
public record MemoryPlan(
        MemoryNeed need,
        OptionalLong allowedMib,
        TuneSettings.Passes passes,
        List<PassSize> largest,
        OptionalInt largestBatch) {
    public MemoryPlan {
        largest = List.copyOf(largest);
    }

    public long neededMib() {
        return need.total() >> 20;
    }

    public boolean fits() {
        return allowedMib.isEmpty() || neededMib() <= allowedMib.getAsLong();
    }

    /// Tokens that its largest pass computes.
    public long tokens() {
        return largest.stream().mapToLong(PassSize::tokens).sum();
    }
}
