package dev.sartor.promptsearch.answer;

import dev.sartor.core.Json;
import dev.sartor.core.file.Sha256;
import java.util.List;

/// What a search changes of a task's prompt.
///
/// @param instruction in the place of the task's
/// @param examples the ids of the training examples that stand solved before each question, in the order in which they are shown
public record SearchedPrompt(String instruction, List<String> examples) {
    private static final int KEY_DIGITS = 12;

    public SearchedPrompt {
        examples = List.copyOf(examples);
    }

    /// Other prompts have other keys.
    public String key() {
        return Sha256.of(Json.line(List.of(instruction, examples))).substring(0, KEY_DIGITS);
    }

    public SearchedPrompt withInstruction(String other) {
        return new SearchedPrompt(other, examples);
    }

    public SearchedPrompt withExamples(List<String> other) {
        return new SearchedPrompt(instruction, other);
    }
}
