package dev.sartor.compare;

import dev.sartor.core.Example;
import dev.sartor.core.SartorException;
import dev.sartor.core.Task;
import java.util.List;
import java.util.stream.Collectors;

/// Which labels a training can teach.
final class LearnedLabels {
    private LearnedLabels() {}

    /// A tuned model learns never to say a label that it is not shown.
    ///
    /// @throws SartorException a user's error that names the labels that no example is answered with
    static void refuseUnlessAll(Task task, List<Example> train) {
        var learned = train.stream().map(Example::reference).collect(Collectors.toSet());
        var missing = task.labels().stream().filter(label -> !learned.contains(label)).toList();
        if (!missing.isEmpty()) {
            throw SartorException.user(
                    "task '%s': each label must occur in training, and %s %s so in none of the %d training examples: a tuned model would learn never to answer so. Add examples, or take %s out of 'labels'."
                            .formatted(
                                    task.name(),
                                    missing.stream()
                                            .map(label -> "'" + label + "'")
                                            .collect(Collectors.joining(", ")),
                                    missing.size() == 1 ? "does" : "do",
                                    train.size(),
                                    missing.size() == 1 ? "it" : "them"));
        }
    }
}
