package dev.sartor.promptsearch.proposal;

import java.util.Comparator;
import java.util.Optional;

/// The instruction of one contender with the solved examples of the best that has some, the better instructions first.
public final class Merges implements DraftSource {
    private int left;

    /// @param most how many are tried
    public Merges(int most) {
        this.left = most;
    }

    @Override
    public Optional<Draft> next(Pool pool) {
        if (left == 0) {
            return Optional.empty();
        }
        var shown = pool.bestWithExamples();
        var draft =
                shown.flatMap(best ->
                        pool.contenders().stream()
                                .sorted(Comparator.comparingDouble(Contender::score).reversed())
                                .map(each ->
                                        Draft.of(
                                                best,
                                                "merge with " + each.id(),
                                                best.prompt()
                                                        .withInstruction(
                                                                each.prompt().instruction())))
                                .filter(each -> pool.isNew(each.prompt()))
                                .findFirst());
        draft.ifPresent(_ -> left--);
        return draft;
    }
}
