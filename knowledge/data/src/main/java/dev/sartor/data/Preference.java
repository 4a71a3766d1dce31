package dev.sartor.data;

import dev.sartor.core.Message;
import dev.sartor.data.row.Row;
import java.util.List;
import java.util.Optional;

/// Two answers to one prompt, of which one is better.
///
/// @param prompt ends with the user's turn
public record Preference(List<Message> prompt, String chosen, String rejected) {
    public Preference {
        prompt = List.copyOf(prompt);
    }

    static Optional<Preference> read(Row row) {
        var prompt = PromptCompletionRow.prompt(row);
        var chosen = PromptCompletionRow.answer(row, "chosen");
        var rejected = PromptCompletionRow.answer(row, "rejected");
        if (chosen.isPresent() && chosen.equals(rejected)) {
            row.problem("'chosen' and 'rejected' are the same: nothing is better.");
        }
        return prompt.flatMap(turns ->
                chosen.flatMap(
                        better -> rejected.map(worse -> new Preference(turns, better, worse))));
    }
}
