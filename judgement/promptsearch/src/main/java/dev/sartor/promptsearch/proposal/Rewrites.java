package dev.sartor.promptsearch.proposal;

import dev.sartor.core.Example;
import dev.sartor.core.Task;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What an expert would try first, with no model that proposes: for labels, to say what each means, in the words and by the examples of the
/// training set; for free text, how long an answer is.
public final class Rewrites implements DraftSource {
    private static final int FEW_WORDS = 4;
    private static final int MANY_WORDS = 8;
    private static final int QUOTED = 3;

    private final Iterator<Map.Entry<String, String>> left;

    public Rewrites(Task task, List<Example> training) {
        var texts =
                task.isClassification()
                        ? ofLabels(task, training)
                        : ofFreeText(task.instruction().strip(), training);
        this.left = texts.entrySet().iterator();
    }

    @Override
    public Optional<Draft> next(Pool pool) {
        while (left.hasNext()) {
            var each = left.next();
            var start = pool.contenders().getFirst();
            var prompt = start.prompt().withInstruction(each.getValue());
            if (pool.isNew(prompt)) {
                return Optional.of(Draft.of(start, "rewrite: " + each.getKey(), prompt));
            }
        }
        return Optional.empty();
    }

    private static Map<String, String> ofLabels(Task task, List<Example> training) {
        var words = ContrastiveWords.of(training);
        var told = task.labels().stream().filter(label -> !words.of(label, 1).isEmpty()).toList();
        var own = task.instruction().strip();
        var rewrites = new LinkedHashMap<String, String>();
        rewrites.put(
                "meaning",
                own + " Think of what each label means and choose the one that fits best.");
        rewrites.put("words", own + "\n" + lines(told, each -> each + ": " + few(words, each)));
        rewrites.put(
                "if about",
                own
                        + "\n"
                        + lines(
                                told,
                                each ->
                                        "If it is about "
                                                + few(words, each)
                                                + ", the label is "
                                                + each
                                                + "."));
        rewrites.put("quoted", own + "\n" + lines(told, each -> quoted(words, training, each)));
        rewrites.put(
                "label means",
                "The labels do not mean what they say here.\n"
                        + lines(
                                told,
                                each ->
                                        each
                                                + " means "
                                                + String.join(", ", words.of(each, MANY_WORDS))
                                                + "."));
        return rewrites;
    }

    private interface Line {
        String of(String label);
    }

    private static String lines(List<String> labels, Line line) {
        return labels.stream().map(line::of).collect(Collectors.joining("\n"));
    }

    private static String few(ContrastiveWords words, String label) {
        return String.join(", ", words.of(label, FEW_WORDS));
    }

    /// The training example that is the most telling of its label.
    private static String quoted(ContrastiveWords words, List<Example> training, String label) {
        return training.stream()
                .filter(each -> each.reference().equals(label))
                .max(Comparator.comparingDouble(words::weight))
                .map(each -> '"' + each.text().strip() + "\" is " + label)
                .orElseThrow();
    }

    private static Map<String, String> ofFreeText(String own, List<Example> training) {
        var rewrites = new LinkedHashMap<String, String>();
        rewrites.put("short", own + " Give the answer alone, without a sentence around it.");
        if (!training.isEmpty()) {
            rewrites.put("length", own + " Answer in at most " + usualMost(training) + " words.");
            rewrites.put("form", own + " Answer in this form: " + answers(training));
        }
        return rewrites;
    }

    /// Nine answers of ten are no longer.
    private static int usualMost(List<Example> training) {
        var lengths = new ArrayList<Integer>();
        training.forEach(each -> lengths.add(each.reference().strip().split("\\s+", -1).length));
        lengths.sort(Comparator.naturalOrder());
        return lengths.get(lengths.size() * 9 / 10);
    }

    private static String answers(List<Example> training) {
        return training.stream()
                .map(each -> '"' + each.reference().strip() + '"')
                .distinct()
                .limit(QUOTED)
                .collect(Collectors.joining(", "));
    }
}
