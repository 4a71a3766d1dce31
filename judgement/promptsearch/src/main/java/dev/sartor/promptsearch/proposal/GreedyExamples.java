package dev.sartor.promptsearch.proposal;

import dev.sartor.core.Example;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// One more solved example for the leader, next to the question, whose answer is that of a validation example that the leader gets wrong. The
/// leader then grows as long as that helps.
public final class GreedyExamples implements DraftSource {
    private final List<Example> training;
    private final List<Example> validation;
    private final int largest;
    private final Random chance;
    private int left;

    /// @param validation in the order of a contender's values
    /// @param largest the most examples that a prompt may have
    /// @param most how many are tried
    public GreedyExamples(
            List<Example> training, List<Example> validation, int largest, int most, long seed) {
        this.training = training;
        this.validation = validation;
        this.largest = largest;
        this.left = most;
        this.chance = new Random(seed);
    }

    @Override
    public Optional<Draft> next(Pool pool) {
        var leader = pool.leader();
        while (left > 0 && leader.prompt().examples().size() < largest) {
            left--;
            var wrong = wrong(leader);
            if (wrong.isEmpty()) {
                return Optional.empty();
            }
            var answer = wrong.get(chance.nextInt(wrong.size())).reference();
            var usable = usable(leader, answer);
            if (!usable.isEmpty()) {
                var examples = new ArrayList<>(leader.prompt().examples());
                examples.add(usable.get(chance.nextInt(usable.size())).id());
                var prompt = leader.prompt().withExamples(examples);
                if (pool.isNew(prompt)) {
                    return Optional.of(Draft.of(leader, "one more example", prompt));
                }
            }
        }
        return Optional.empty();
    }

    private List<Example> wrong(Contender leader) {
        var wrong = new ArrayList<Example>();
        for (int i = 0; i < validation.size(); i++) {
            if (leader.values().get(i) < 1) {
                wrong.add(validation.get(i));
            }
        }
        return wrong;
    }

    /// With this answer, or any where no training example has it.
    private List<Example> usable(Contender leader, String answer) {
        var free =
                training.stream()
                        .filter(each -> !leader.prompt().examples().contains(each.id()))
                        .toList();
        var same = free.stream().filter(each -> each.reference().equals(answer)).toList();
        return same.isEmpty() ? free : same;
    }
}
