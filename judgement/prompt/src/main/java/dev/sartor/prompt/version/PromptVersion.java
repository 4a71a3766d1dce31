package dev.sartor.prompt.version;

import java.time.Instant;
import java.util.Optional;

/// A prompt that never changes. What it says names it; the rest says where it came from.
///
/// @param parent the id of the version that it was made from
/// @param note why it was made
public record PromptVersion(
        PromptContent content, Optional<String> parent, Optional<String> note, Instant created) {
    /// Twelve hexadecimal digits.
    public String id() {
        return content.id();
    }

    /// The first eight of them, which candidates with this version are called by.
    public String shortId() {
        return PromptContent.shortId(id());
    }
}
