package dev.sartor.compare.report;

import dev.sartor.compare.failure.FailurePoint;
import dev.sartor.compare.run.StoredAnswer;
import dev.sartor.compare.verdict.Measured;
import dev.sartor.compare.verdict.TaskFailures;
import dev.sartor.compare.verdict.TaskResult;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/// A test example on which candidates disagree, with what each of them said.
record DisputeView(String id, String question, List<String> references, List<Said> said) {
    private static final int SHOWN = 10;
    private static final double RIGHT = 0.999;

    /// @param mark `right`, `partly` or `wrong`
    /// @param failure what went wrong, where the candidate shows passages
    /// @param unsupported sentences of the answer that no passage supports
    record Said(
            String candidate,
            String answer,
            String mark,
            Optional<String> failure,
            List<String> unsupported,
            List<StoredAnswer.Found> passages) {}

    /// Ten examples. Those with the same pattern of who is right tell the same story: one of each pattern in turn, the
    /// commonest pattern first.
    static List<DisputeView> of(TaskResult task, TaskFailures failures) {
        var byPattern = new LinkedHashMap<String, Deque<Integer>>();
        for (int i = 0; i < task.testRows(); i++) {
            var pattern = pattern(task, i);
            if (pattern.chars().distinct().count() > 1) {
                byPattern.computeIfAbsent(pattern, unseen -> new ArrayDeque<>()).add(i);
            }
        }
        var groups = new ArrayList<>(byPattern.values());
        groups.sort(Comparator.comparingInt((Deque<Integer> group) -> group.size()).reversed());
        var shown = new ArrayList<DisputeView>();
        while (shown.size() < SHOWN && groups.stream().anyMatch(group -> !group.isEmpty())) {
            for (var group : groups) {
                if (!group.isEmpty() && shown.size() < SHOWN) {
                    shown.add(of(task, group.removeFirst(), failures));
                }
            }
        }
        return shown;
    }

    private static String pattern(TaskResult task, int row) {
        var pattern = new StringBuilder();
        task.candidates().forEach(each -> pattern.append(mark(each.answers().get(row)).charAt(0)));
        return pattern.toString();
    }

    private static DisputeView of(TaskResult task, int row, TaskFailures failures) {
        var first = task.candidates().getFirst().answers().get(row);
        return new DisputeView(
                first.id(),
                first.question(),
                first.references(),
                task.candidates().stream()
                        .map(each -> {
                            var answer = each.answers().get(row);
                            return new Said(
                                    each.name(),
                                    answer.answer().isBlank() ? "(nothing)" : answer.answer(),
                                    mark(answer),
                                    failures.of(each)
                                            .flatMap(found -> found.each().get(row))
                                            .map(FailurePoint::words),
                                    unsupported(each, row),
                                    answer.passages());
                        })
                        .toList());
    }

    private static List<String> unsupported(Measured candidate, int row) {
        return candidate.checks().isEmpty() ? List.of() : candidate.checks().get(row).unsupported();
    }

    private static String mark(StoredAnswer answer) {
        if (answer.score() >= RIGHT) {
            return "right";
        }
        return answer.score() > 0 ? "partly" : "wrong";
    }
}
