package dev.sartor.curate.card;

import dev.sartor.core.Problems;
import dev.sartor.core.text.Nearest;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The card of a data set, as Markdown with a hub's front matter, and as a page of HTML.
public final class DataCard {
    private final DataFacts facts;
    private final Map<CardQuestion, String> answers;
    private final List<Block> blocks;

    private DataCard(DataFacts facts, Map<CardQuestion, String> answers) {
        this.facts = facts;
        this.answers = answers;
        blocks = new CardBlocks(facts, answers).all();
    }

    /// @param answers by the keys of {@link CardQuestion}; a blank one counts as none
    public static DataCard of(DataFacts facts, Map<String, String> answers) {
        var questions = List.of(CardQuestion.values());
        var known = questions.stream().map(CardQuestion::key).toList();
        var problems = new Problems();
        var given = new LinkedHashMap<CardQuestion, String>();
        answers.forEach((key, answer) -> {
            if (!known.contains(key)) {
                problems.add(
                        "answers", "unknown question '" + key + "'." + Nearest.advice(key, known));
            } else if (!answer.isBlank()) {
                given.put(questions.get(known.indexOf(key)), answer.strip());
            }
        });
        problems.throwIfAny();
        return new DataCard(facts, given);
    }

    public String markdown() {
        return FrontMatter.of(facts) + "\n" + Markdown.of(blocks);
    }

    public String html() {
        return Html.of(facts.name(), blocks);
    }

    /// The questions that wait for an answer.
    public List<CardQuestion> unanswered() {
        return Arrays.stream(CardQuestion.values())
                .filter(each -> each.isAskedOf(facts) && !answers.containsKey(each))
                .toList();
    }
}
