package dev.sartor.privacy;

import dev.sartor.core.Problems;
import dev.sartor.privacy.canary.Canary;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.random.RandomGenerator;

/// How far a canary's secret is likelier than others that nobody planted (Carlini et al. 2019, "The Secret Sharer", definition 2 and
/// section 4.2): exposure = log₂ |R| − log₂ rank, with R the million secrets that there are and the rank that of the row's
/// log-likelihood among the rows with each of them. The rank is estimated from a sample of R: rank ≈ |R| · (rank in the sample ÷ size of
/// the sample), so that exposure is log₂ size − log₂ (rank in the sample), and no more than log₂ size can be seen. Of a secret that was
/// not learned each rank is as likely as any other, whatever the model: exposure is then 1.44 bits on average.
///
/// @param rank in the sample, from 1; what is as likely as the canary counts as likelier
/// @param of how many, the canary's own among them
record Exposure(int rank, int of) {
    Exposure {
        Problems.refuseUnless(
                rank >= 1 && rank <= of, "rank", "1 to " + of, rank, "count the canary's own, too");
    }

    double bits() {
        return Math.log((double) of / rank) / Math.log(2);
    }

    /// The chance of such a rank or a lower one, had the secret not been learned.
    double p() {
        return (double) rank / of;
    }

    /// @param likelihoods of the canary's own secret, then of the others
    static Exposure of(double[] likelihoods) {
        int rank = 1;
        for (int i = 1; i < likelihoods.length; i++) {
            rank += likelihoods[i] >= likelihoods[0] ? 1 : 0;
        }
        return new Exposure(rank, likelihoods.length);
    }

    static Exposure of(AuditedModel model, CanaryRow row, List<String> secrets) {
        var forked = row.with(secrets);
        return of(model.continuations(forked.prompt(), forked.choices()));
    }

    /// The canary's own secret and others, none twice.
    ///
    /// @param count of all
    static List<String> sample(String own, int count, RandomGenerator random) {
        var secrets = new LinkedHashSet<String>();
        secrets.add(own);
        while (secrets.size() < count) {
            secrets.add(Canary.secret(random.nextInt(Canary.SPACE)));
        }
        return new ArrayList<>(secrets);
    }
}
