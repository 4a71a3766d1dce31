package dev.sartor.promptsearch.proposal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Optional;
import java.util.Random;

/// Other orders of the leader's solved examples: first its reverse, then by chance. Models weigh the last ones most (Lu et al. 2022,
/// "Fantastically Ordered Prompts and Where to Find Them").
public final class ExampleOrders implements DraftSource {
    private static final int FEWEST = 2;

    private final Random chance;
    private int left;

    /// @param most how many are tried
    public ExampleOrders(int most, long seed) {
        this.left = most;
        this.chance = new Random(seed);
    }

    @Override
    public Optional<Draft> next(Pool pool) {
        var leader = pool.leader();
        var examples = leader.prompt().examples();
        while (left > 0 && examples.size() >= FEWEST) {
            left--;
            var reversed = leader.prompt().withExamples(examples.reversed());
            if (pool.isNew(reversed)) {
                return Optional.of(Draft.of(leader, "order reversed", reversed));
            }
            var shuffled = new ArrayList<>(examples);
            Collections.shuffle(shuffled, chance);
            var prompt = leader.prompt().withExamples(shuffled);
            if (pool.isNew(prompt)) {
                return Optional.of(Draft.of(leader, "order by chance", prompt));
            }
        }
        return Optional.empty();
    }
}
