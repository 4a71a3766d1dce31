package dev.sartor.promptsearch.answer;

import dev.sartor.core.Example;
import dev.sartor.core.Origin;
import dev.sartor.prompt.version.PromptContent;
import dev.sartor.prompt.version.Shot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The prompts that a search can reach: the one that it begins with, with other instructions and with other rows of the training set.
public final class SearchSpace {
    private static final Origin ORIGIN = new Origin("prompts", 1);

    private final PromptContent start;
    private final SearchedPrompt first;
    private final Map<String, Example> rows = new HashMap<>();

    /// @param training rows with ids of their own
    public SearchSpace(PromptContent start, List<Example> training) {
        this.start = start;
        training.forEach(each -> rows.put(each.id(), each));
        var shown = new ArrayList<String>();
        for (var shot : start.examples()) {
            shown.add(shownAs(shot, shown.size()));
        }
        this.first = new SearchedPrompt(start.instruction(), shown);
    }

    /// A row of the training set where it is one.
    private String shownAs(Shot shot, int number) {
        return rows.values().stream()
                .filter(each -> Shot.of(each).equals(shot))
                .map(Example::id)
                .sorted()
                .findFirst()
                .orElseGet(() -> {
                    var id = "start/" + number;
                    var answers = List.of(shot.answer());
                    rows.put(id, new Example(id, shot.input(), answers, start.readers(), ORIGIN));
                    return id;
                });
    }

    /// The prompt that the search begins with.
    public SearchedPrompt first() {
        return first;
    }

    /// @param prompt whose examples are rows of this
    public PromptContent content(SearchedPrompt prompt) {
        return start.withInstruction(prompt.instruction())
                .withExamples(prompt.examples().stream().map(this::row).toList());
    }

    private Example row(String id) {
        var row = rows.get(id);
        if (row == null) {
            throw new IllegalArgumentException("there is no row " + id);
        }
        return row;
    }
}
