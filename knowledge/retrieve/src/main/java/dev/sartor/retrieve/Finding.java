package dev.sartor.retrieve;

import dev.sartor.core.Passage;
import java.util.List;

/// A passage found in a standing index.
///
/// @param alsoIn other documents that say the same, of those that the asker may read
public record Finding(Passage passage, List<String> alsoIn) {
    public Finding {
        alsoIn = List.copyOf(alsoIn);
    }
}
