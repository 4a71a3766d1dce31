package dev.sartor.project.setting;

import dev.sartor.prompt.version.PromptContent;
import dev.sartor.prompt.version.PromptVersions;
import java.util.Optional;

/// A version of a task's prompt in the folder `prompts/`.
///
/// @param name its id, or `promoted` for whichever is promoted
/// @param content what it says; empty until the version is read
public record NamedPrompt(String name, Optional<PromptContent> content) implements TaskPrompt {
    /// Follows the promoted version.
    public static final String PROMOTED = "promoted";

    static boolean isName(String text) {
        return text.equals(PROMOTED) || PromptVersions.isId(text);
    }

    static NamedPrompt of(String name) {
        return new NamedPrompt(name, Optional.empty());
    }

    public boolean isPromoted() {
        return name.equals(PROMOTED);
    }

    /// As a record of what was done names it: by its id, whatever is promoted later.
    public String recorded() {
        return content.map(PromptContent::id).orElse(name);
    }
}
