package dev.sartor.constrain;

import java.util.List;
import java.util.Optional;

/// Which tokens may follow a situation, by what completes the text after them.
final class TokenMask {
    /// @param shift what completes the callers, in addition to the costs
    public record Part(TokenCosts costs, int shift) {}

    private final List<Part> parts;
    private final int[] endings;
    private final int most;
    private Optional<TokenSet> everything = Optional.empty();

    /// @param endings tokens that may end the turn here
    TokenMask(List<Part> parts, int[] endings) {
        this.parts = parts;
        this.endings = endings;
        this.most =
                parts.stream().mapToInt(part -> part.costs().most() + part.shift()).max().orElse(0);
    }

    /// @param budget how many tokens may still come after the next one
    /// @param scratch may be filled and returned
    TokenSet within(int budget, TokenSet scratch, int vocabulary) {
        if (budget < most) {
            scratch.clear();
            fill(scratch, budget);
            return scratch;
        }
        if (everything.isEmpty()) {
            var all = new TokenSet(vocabulary);
            fill(all, budget);
            everything = Optional.of(all);
        }
        return everything.get();
    }

    private void fill(TokenSet set, int budget) {
        parts.forEach(part -> part.costs().addTo(set, budget - part.shift()));
        for (int token : endings) {
            set.add(token);
        }
    }
}
