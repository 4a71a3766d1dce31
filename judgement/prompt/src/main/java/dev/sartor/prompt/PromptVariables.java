package dev.sartor.prompt;

import dev.sartor.core.Example;
import dev.sartor.core.Passage;
import dev.sartor.core.Task;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// What a prompt's texts may use.
record PromptVariables(Task task, List<Example> examples, PassageOrder order) {
    /// A prompt does not depend on the time; its templates cannot ask for it.
    static final Clock NO_TIME = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

    private static final Pattern SPACES = Pattern.compile("\\s+");
    private static final Pattern BLANK_LINES = Pattern.compile("\\R\\h*(?=\\R)");
    private static final Pattern NUMBERED = Pattern.compile("(?m)^(\\h*)\\[(\\d+)\\]");

    /// @param passages best first; the first of them is number 1 wherever it stands
    Map<String, Object> with(String question, List<Passage> passages) {
        Map<String, Object> variables = new HashMap<>();
        variables.put("instruction", task.instruction().strip());
        variables.put("labels", task.labels());
        variables.put("unanswerable", task.unanswerable().orElse(""));
        variables.put("question", question);
        variables.put("examples", examples.stream().map(PromptVariables::example).toList());
        variables.put("passages", order.of(numbered(passages)));
        return variables;
    }

    private static Map<String, String> example(Example example) {
        return Map.of("question", example.text(), "answer", example.reference());
    }

    private static List<Map<String, String>> numbered(List<Passage> passages) {
        return IntStream.range(0, passages.size())
                .mapToObj(i -> passage(i + 1, passages.get(i)))
                .toList();
    }

    /// A document's text is data, and labelled with where it stands.
    private static Map<String, String> passage(int number, Passage passage) {
        return Map.of(
                "number", Integer.toString(number),
                "text", block(passage.text()),
                "source", SPACES.matcher(passage.place()).replaceAll(" "),
                "document", passage.document(),
                "section", passage.section());
    }

    /// Text that cannot be taken for what is around it: no blank line ends it early, and no line of it begins like the next
    /// source.
    private static String block(String text) {
        var joined = BLANK_LINES.matcher(text.strip()).replaceAll("");
        return NUMBERED.matcher(joined).replaceAll("$1($2)");
    }
}
