package dev.sartor.curate.label;

import java.util.function.IntPredicate;

/// What the labels of a row's neighbours say of its own: each votes for its label with a weight of e^((its cosine − the nearest
/// one's) / {@link #TEMPERATURE}); besides, one vote is dealt among the labels by how often
/// each is given.
final class NeighbourVotes {
    private static final double TEMPERATURE = 0.1;
    private static final double BEFORE = 1;

    private NeighbourVotes() {}

    /// @param voters whose votes count
    /// @return rows × labels; each row sums to 1
    static double[][] of(LabelledVectors rows, Neighbours neighbours, IntPredicate voters) {
        var shares = new double[rows.classes()];
        for (int label : rows.labels()) {
            shares[label] += BEFORE / rows.count();
        }
        var votes = new double[rows.count()][];
        for (int i = 0; i < votes.length; i++) {
            var cosines = neighbours.cosines()[i];
            var said = shares.clone();
            double all = BEFORE;
            for (int n = 0; n < cosines.length; n++) {
                int voter = neighbours.rows()[i][n];
                if (voters.test(voter)) {
                    double weight = Math.exp((cosines[n] - cosines[0]) / TEMPERATURE);
                    said[rows.labels()[voter]] += weight;
                    all += weight;
                }
            }
            for (int c = 0; c < said.length; c++) {
                said[c] /= all;
            }
            votes[i] = said;
        }
        return votes;
    }
}
