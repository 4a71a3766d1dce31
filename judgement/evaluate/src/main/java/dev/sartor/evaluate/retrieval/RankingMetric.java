package dev.sartor.evaluate.retrieval;

import dev.sartor.core.SartorException;
import dev.sartor.core.measure.Ranking;
import dev.sartor.core.text.Nearest;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// How one question's ranking is judged, as trec_eval judges it.
///
/// @param cut the ranks that count, from 1; {@link #ALL} without a cut
public record RankingMetric(Kind kind, int cut) {
    /// No rank is cut off.
    public static final int ALL = Integer.MAX_VALUE;

    /// What is measured; all from 0 to 1.
    public enum Kind {
        /// Normalised discounted cumulative gain (trec_eval's ndcg and ndcg_cut).
        NDCG,
        /// The share of the relevant documents that was found (recall).
        RECALL,
        /// One over the first relevant document's rank (recip_rank).
        MRR,
        /// The mean precision at the relevant documents' ranks (map and map_cut).
        MAP
    }

    private static final List<String> KINDS = List.of("ndcg", "recall", "mrr", "map");

    /// nDCG@10, recall@5, recall@100, MRR and MAP.
    public static List<RankingMetric> usual() {
        return List.of(
                new RankingMetric(Kind.NDCG, 10),
                new RankingMetric(Kind.RECALL, 5),
                new RankingMetric(Kind.RECALL, 100),
                new RankingMetric(Kind.MRR, ALL),
                new RankingMetric(Kind.MAP, ALL));
    }

    /// @param name such as `ndcg@10`, `recall@100`, `mrr`, `map`
    /// @throws SartorException a user's error that names the nearest metric
    public static RankingMetric named(String name) {
        var lower = name.strip().toLowerCase(Locale.ROOT);
        int at = lower.indexOf('@');
        var kind = at < 0 ? lower : lower.substring(0, at);
        if (!KINDS.contains(kind)) {
            throw SartorException.user(
                    "unknown metric '"
                            + name
                            + "'; known are "
                            + String.join(", ", KINDS)
                            + ", each with a cut such as @10 or without."
                            + Nearest.hint(kind, KINDS));
        }
        return new RankingMetric(
                Kind.valueOf(kind.toUpperCase(Locale.ROOT)),
                at < 0 ? ALL : cut(name, lower.substring(at + 1)));
    }

    private static int cut(String name, String digits) {
        if (!digits.matches("[1-9][0-9]{0,8}")) {
            throw SartorException.user(
                    "a metric's cut must be a number of ranks from 1, got '"
                            + name
                            + "': ndcg@10 is usual");
        }
        return Integer.parseInt(digits);
    }

    /// @param judged relevance by document id
    public double of(Ranking ranking, Map<String, Integer> judged) {
        return switch (kind) {
            case NDCG -> ranking.ndcg(judged, cut);
            case RECALL -> ranking.recall(judged, cut);
            case MRR -> ranking.reciprocalRank(judged, cut);
            case MAP -> ranking.averagePrecision(judged, cut);
        };
    }

    @Override
    public String toString() {
        return kind.name().toLowerCase(Locale.ROOT) + (cut == ALL ? "" : "@" + cut);
    }
}
