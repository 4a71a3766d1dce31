package dev.sartor.suite.task;

import dev.sartor.core.SartorException;
import dev.sartor.core.text.Nearest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Stream;

/// The benchmarks that there are. Another one is one class and one line here.
public final class BenchmarkTasks {
    /// Whose task files they follow.
    public static final String LM_EVAL = "0.4.13";

    private static final List<BenchmarkTask> ALL =
            List.of(
                    Arc.EASY,
                    Arc.CHALLENGE,
                    new HellaSwag(),
                    new Piqa(),
                    new WinoGrande(),
                    new BoolQ(),
                    new OpenBookQa(),
                    new Lambada(),
                    new Mmlu(),
                    new TruthfulQa(true),
                    new TruthfulQa(false),
                    new Gsm8k());

    private BenchmarkTasks() {}

    public static List<BenchmarkTask> all() {
        return ALL;
    }

    /// Every name that a task may be asked for by.
    public static List<String> names() {
        return ALL.stream().flatMap(task -> namesOf(task).stream()).distinct().toList();
    }

    /// Its own name, and others.
    public static List<String> namesOf(BenchmarkTask task) {
        return Stream.concat(Stream.of(task.name()), task.otherNames().stream()).toList();
    }

    /// The tasks of these names, each once, in the order in which they are asked for.
    ///
    /// @throws SartorException a user's error where a name is none
    public static List<BenchmarkTask> named(List<String> asked) {
        var tasks = new LinkedHashSet<BenchmarkTask>();
        for (var name : asked) {
            var found = ALL.stream().filter(task -> namesOf(task).contains(name)).toList();
            if (found.isEmpty()) {
                throw SartorException.user(
                        "there is no benchmark '"
                                + name
                                + "'."
                                + Nearest.hint(name, names())
                                + " Known are "
                                + String.join(", ", names())
                                + ".");
            }
            tasks.addAll(found);
        }
        return List.copyOf(tasks);
    }
}
