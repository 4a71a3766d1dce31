package dev.sartor.project.setting;

import dev.sartor.project.yaml.Setting;
import dev.sartor.prompt.PromptTemplate;
import dev.sartor.prompt.version.PromptContent;

/// A task's own prompt, in the template language.
record PromptSettings(
        @Setting(
                        means =
                                "The system's turn. It may use instruction, labels, unanswerable, examples and passages."
                                        + " What stays the same for all questions belongs here: it is computed once.",
                        example =
                                "'{{ instruction }} Answer with one of: {{ labels | join(\", \") }}.'")
                String system,
        @Setting(
                        means =
                                "The user's turn: what the system's turn may use, and question. Without a place for"
                                        + " passages, retrieval is refused.",
                        example =
                                "'{% for passage in passages %}{{ passage.text }} {% endfor %}{{ question }}'")
                String user)
        implements TaskPrompt {
    public PromptSettings {
        PromptTemplate.of(system, user);
    }

    PromptContent.Texts texts() {
        return new PromptContent.Texts(system, user);
    }
}
