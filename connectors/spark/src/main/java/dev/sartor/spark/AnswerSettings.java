package dev.sartor.spark;

import dev.sartor.core.AnswerForm;
import dev.sartor.core.Message;
import dev.sartor.core.Principal;
import dev.sartor.core.Question;
import dev.sartor.core.Sampling;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/// How the rows of a table are answered: the likeliest text each time, so that a task that is run again says the same.
///
/// @param instruction said before each text; empty for none
/// @param labels of which each answer is one; empty for free text
/// @param maxTokens of a free answer at most
public record AnswerSettings(String instruction, List<String> labels, int maxTokens)
        implements Serializable {
    private static final int USUAL_TOKENS = 256;

    public AnswerSettings {
        labels = List.copyOf(labels);
        new AnswerForm.FreeText(maxTokens); // refuses fewer than one
    }

    /// Free text of up to 256 tokens.
    public static AnswerSettings usual() {
        return new AnswerSettings("", List.of(), USUAL_TOKENS);
    }

    public AnswerSettings instructed(String words) {
        return new AnswerSettings(words, labels, maxTokens);
    }

    public AnswerSettings among(List<String> choices) {
        return new AnswerSettings(instruction, choices, maxTokens);
    }

    public AnswerSettings upTo(int tokens) {
        return new AnswerSettings(instruction, labels, tokens);
    }

    Question question(String id, String text) {
        var messages = new ArrayList<Message>();
        if (!instruction.isEmpty()) {
            messages.add(Message.system(instruction));
        }
        messages.add(Message.user(text));
        var form =
                labels.isEmpty()
                        ? new AnswerForm.FreeText(maxTokens)
                        : new AnswerForm.OneOf(labels);
        return new Question(id, messages, form, Sampling.greedy(), Principal.local());
    }
}
