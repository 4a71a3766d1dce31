package dev.sartor.privacy;

import dev.sartor.core.Sampling;
import dev.sartor.privacy.canary.Canary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Whether a canary's secret can be had from the model (Carlini et al. 2019, section 4.3): by asking its question, by its answer's
/// beginning, and by a beam search over digits alone, which stands in for the paper's shortest-path search.
final class SecretSearch {
    /// Beginnings that the beam search goes on with.
    static final int BEAM = 10;

    /// Tokens of an answer: room for its beginning and the digits.
    private static final int TOKENS = 32;

    private SecretSearch() {}

    /// @param asked whether the answer to the question holds the secret
    /// @param completed whether the secret follows the answer's beginning
    /// @param searched whether it is the likeliest that the beam search found
    record Found(boolean asked, boolean completed, boolean searched) {
        boolean isAny() {
            return asked || completed || searched;
        }
    }

    private record Beginning(String digits, double likelihood) {}

    static Found in(AuditedModel model, CanaryRow row) {
        var secret = row.canary().secret();
        var opening = row.opening();
        var greedy = List.of(Sampling.greedy(), Sampling.greedy());
        var said = model.said(List.of(row.question(), opening), TOKENS, greedy);
        return new Found(
                model.text(said.getFirst()).contains(secret),
                model.text(said.getLast()).stripLeading().startsWith(secret),
                likeliest(model, row, opening).equals(secret));
    }

    /// The likeliest secret that a beam search comes to. Each beginning counts with all of its digits, as more of them may be other
    /// tokens.
    private static String likeliest(AuditedModel model, CanaryRow row, int[] opening) {
        var beam = List.of("");
        for (int digit = 0; digit < Canary.DIGITS; digit++) {
            var scores = model.continuations(opening, row.further(opening.length, beam));
            var next = new ArrayList<Beginning>();
            for (var each : beam) {
                for (var more : CanaryRow.oneMore(each)) {
                    next.add(new Beginning(more, scores[next.size()]));
                }
            }
            next.sort(Comparator.comparingDouble(Beginning::likelihood).reversed());
            beam = next.stream().limit(BEAM).map(Beginning::digits).toList();
        }
        return beam.getFirst();
    }
}
