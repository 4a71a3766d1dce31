package dev.sartor.promptsearch.proposal;

import dev.sartor.promptsearch.answer.SearchedPrompt;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/// The prompts that answered all validation examples. The next one to be improved is drawn from those that are the best on some example, as
/// often as they are (GEPA, Agrawal et al. 2025, algorithm 2), so that a prompt that alone solves a kind of example is not lost. Not
/// thread-safe.
public final class Pool {
    private final List<Contender> contenders = new ArrayList<>();
    private final Set<SearchedPrompt> tried = new HashSet<>();

    public void add(Contender contender) {
        contenders.add(contender);
    }

    /// Marks a prompt as tried, whether or not it becomes a contender.
    ///
    /// @return whether it was not before
    public boolean isNew(SearchedPrompt prompt) {
        return tried.add(prompt);
    }

    public List<Contender> contenders() {
        return List.copyOf(contenders);
    }

    /// The best on all examples; of equals the first, whose prompt has been there longest.
    public Contender leader() {
        return contenders.stream()
                .reduce((one, other) -> other.score() > one.score() ? other : one)
                .orElseThrow();
    }

    /// The best with solved examples.
    Optional<Contender> bestWithExamples() {
        return contenders.stream()
                .filter(each -> !each.prompt().examples().isEmpty())
                .reduce((one, other) -> other.score() > one.score() ? other : one);
    }

    /// One that is the best on some examples, drawn as often as it is.
    Contender drawn(RandomGenerator chance) {
        var fronts = fronts();
        var candidates = undominated(fronts);
        var tickets = new ArrayList<Contender>();
        for (var front : fronts) {
            front.stream().filter(candidates::contains).forEach(tickets::add);
        }
        return tickets.get(chance.nextInt(tickets.size()));
    }

    /// For each example those that do best on it.
    private List<Set<Contender>> fronts() {
        var fronts = new ArrayList<Set<Contender>>();
        int examples = contenders.getFirst().values().size();
        for (int i = 0; i < examples; i++) {
            int at = i;
            double best =
                    contenders.stream()
                            .mapToDouble(each -> each.values().get(at))
                            .max()
                            .orElseThrow();
            var front = new HashSet<Contender>();
            contenders.stream().filter(each -> each.values().get(at) == best).forEach(front::add);
            fronts.add(front);
        }
        return fronts;
    }

    /// Without those that are the best nowhere but where another is, too; the lowest scores are looked at first.
    private List<Contender> undominated(List<Set<Contender>> fronts) {
        var left = new ArrayList<>(contenders);
        contenders.stream()
                .sorted(Comparator.comparingDouble(Contender::score))
                .forEach(each -> {
                    boolean isDominated =
                            fronts.stream()
                                    .filter(front -> front.contains(each))
                                    .allMatch(front ->
                                            front.stream()
                                                    .anyMatch(other ->
                                                            !other.equals(each)
                                                                    && left.contains(other)));
                    if (isDominated && left.size() > 1) {
                        left.remove(each);
                    }
                });
        return left;
    }
}
