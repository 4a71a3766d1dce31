package dev.sartor.promptsearch.proposal;

import dev.sartor.core.Task;
import dev.sartor.evaluate.Prediction;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a proposer is asked, and what is taken from its reply (after the prompt of GEPA, Agrawal et al. 2025, appendix B).
final class ReflectionText {
    /// A small model that loses the thread repeats itself without an end.
    private static final int LONGEST = 2000;

    private static final Pattern BLOCK = Pattern.compile("```(?:\\w*\\R)?(.*?)```", Pattern.DOTALL);

    private ReflectionText() {}

    /// @param wrong answers with what would have been right
    /// @param texts the questions by the examples' ids
    static String request(
            Task task, String instruction, List<Prediction> wrong, Map<String, String> texts) {
        var request = new StringBuilder();
        request.append("An assistant was given this instruction:\n```\n")
                .append(instruction)
                .append("\n```\n");
        if (task.isClassification()) {
            request.append("It must answer with one of these labels: ")
                    .append(String.join(", ", task.labels()))
                    .append(".\n");
        }
        request.append("It made these mistakes:\n\n");
        for (var each : wrong) {
            request.append("Message: ")
                    .append(texts.getOrDefault(each.id(), "").strip())
                    .append("\nIts answer: ")
                    .append(each.answer().strip())
                    .append("\nRight answer: ")
                    .append(each.reference())
                    .append("\n\n");
        }
        return request.append(
                        """
                        Write a better instruction for the assistant. Say in it what the mistakes show: what each right answer stands \
                        for, and how to tell it from others. Do not mention these messages. Reply with the new instruction alone, \
                        between ``` and ```.\
                        """)
                .toString();
    }

    /// The text between the last marks, else the whole reply; empty where that is nothing, or too long to be an instruction.
    static Optional<String> instruction(String reply) {
        var found = BLOCK.matcher(reply).results().map(each -> each.group(1)).toList();
        var text = (found.isEmpty() ? reply.replace("```", "") : found.getLast()).strip();
        return text.isEmpty() || text.length() > LONGEST ? Optional.empty() : Optional.of(text);
    }
}
