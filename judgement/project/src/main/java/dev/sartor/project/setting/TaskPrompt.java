package dev.sartor.project.setting;

/// What a task's `prompt` says: texts of its own, or which version of the prompt counts.
public sealed interface TaskPrompt permits PromptSettings, NamedPrompt {
    /// The record whose keys stand in its section, where it has texts of its own.
    static Class<?> section() {
        return PromptSettings.class;
    }
}
