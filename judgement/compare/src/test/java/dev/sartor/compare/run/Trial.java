package dev.sartor.compare.run;

import dev.sartor.compare.verdict.Measured;
import dev.sartor.compare.verdict.TaskResult;
import dev.sartor.compare.verdict.Verdict;
import dev.sartor.core.Task;
import dev.sartor.project.setting.ApproachName;
import dev.sartor.project.setting.Costs;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;

/// Measured candidates made up for tests, right on the examples that a test says.
public final class Trial {
    public static final Costs COSTS = new Costs("EUR", 3.6, 1000, 0, 0, 0, Map.of());

    private final Task task;
    private final List<Measured> candidates = new ArrayList<>();
    private Costs costs = COSTS;
    private int groupSize = 1;

    public Trial(double margin, Optional<Double> target) {
        task =
                new Task(
                        "route",
                        "Sort.",
                        List.of("a", "b"),
                        "accuracy",
                        target,
                        margin,
                        Optional.empty(),
                        8);
    }

    public static Trial withMargin(double margin) {
        return new Trial(margin, Optional.empty());
    }

    public Trial priced(Costs changed) {
        costs = changed;
        return this;
    }

    /// Examples of the candidates that follow come in groups of so many.
    public Trial inGroupsOf(int size) {
        groupSize = size;
        return this;
    }

    /// @param secondsPerAnswer at 0.001 EUR each
    /// @param setupSeconds of which all is training where the candidate is tuned
    public Trial with(
            String name,
            int n,
            IntPredicate isRight,
            double secondsPerAnswer,
            double setupSeconds) {
        var answers = new ArrayList<StoredAnswer>();
        for (int i = 0; i < n; i++) {
            var reference = i % 2 == 0 ? "a" : "b";
            var wrong = i % 2 == 0 ? "b" : "a";
            answers.add(
                    new StoredAnswer(
                            "q" + i,
                            "question " + i,
                            List.of(reference),
                            isRight.test(i) ? reference : wrong,
                            Optional.of(isRight.test(i) ? reference : "I say " + wrong),
                            Optional.empty(),
                            isRight.test(i) ? 1 : 0,
                            List.of(),
                            100,
                            0,
                            1,
                            secondsPerAnswer,
                            groupSize == 1 ? Optional.empty() : Optional.of("g" + i / groupSize)));
        }
        var run = run(name, setupSeconds);
        candidates.add(Measured.of(run, answers, task, costs, Optional.empty()));
        return this;
    }

    public static Run run(String name, double setupSeconds) {
        boolean isTuned = name.startsWith("tuned");
        return new Run(
                "route-" + name + "-12345678",
                "12345678",
                new Run.Recipe(
                        "route",
                        name,
                        isTuned ? ApproachName.of("tune") : ApproachName.of("zero-shot"),
                        "smollm2-135m-instruct",
                        1,
                        List.of(),
                        Map.of()),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                new Run.Setup(
                        0,
                        Map.of(),
                        setupSeconds,
                        isTuned ? setupSeconds : 0,
                        0,
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()),
                Optional.of(800L),
                Machine.here(0),
                "test",
                Instant.parse("2026-03-01T12:00:00Z"),
                Set.of(),
                Set.of());
    }

    public TaskResult result() {
        return TaskResult.of(
                task,
                new TaskResult.Candidates(candidates, List.of(), List.of()),
                List.of(),
                costs,
                List.of());
    }

    public Verdict verdict() {
        return result().verdict();
    }
}
