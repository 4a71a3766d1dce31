package dev.sartor.promptsearch.proposal;

import dev.sartor.core.Example;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// Random sets of solved examples before the leader's instruction (random search over demonstrations, as DSPy's
/// BootstrapFewShotWithRandomSearch; Khattab et al. 2023). The answers shown are the training set's own: nothing is bootstrapped.
public final class RandomExamples implements DraftSource {
    private final Strata strata;
    private final List<Integer> counts;
    private final int most;
    private final Random chance;
    private int made;

    /// @param counts how many examples a set has, in turn
    /// @param each how many sets of each count
    public RandomExamples(List<Example> training, List<Integer> counts, int each, long seed) {
        this.strata = Strata.of(training);
        this.counts = counts.stream().filter(count -> count <= training.size()).toList();
        this.most = this.counts.size() * each;
        this.chance = new Random(seed);
    }

    @Override
    public Optional<Draft> next(Pool pool) {
        while (made < most) {
            int count = counts.get(made % counts.size());
            made++;
            var leader = pool.leader();
            var prompt = leader.prompt().withExamples(strata.drawn(count, chance));
            if (pool.isNew(prompt)) {
                return Optional.of(Draft.of(leader, "random examples: " + count, prompt));
            }
        }
        return Optional.empty();
    }
}
