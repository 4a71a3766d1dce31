package dev.sartor.state.promotion;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What is promoted, as of one question; digests alone.
public record Promoted(Map<PromptPlace, List<KeptVersion>> kept) {
    public Promoted {
        kept = Map.copyOf(kept);
    }

    /// The digest of the version that counts; empty where none does.
    public Optional<String> counting(PromptPlace place) {
        return versions(place).stream()
                .filter(KeptVersion::counts)
                .map(KeptVersion::digest)
                .findFirst();
    }

    /// Those that can be asked for, the one that was promoted least lately first.
    public List<KeptVersion> versions(PromptPlace place) {
        return kept.getOrDefault(place, List.of());
    }
}
