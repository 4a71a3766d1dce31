package dev.sartor.curate.mix;

import java.util.Arrays;
import java.util.OptionalInt;

/// How many rows of each set a mixture has: sets count by (min(size, cap) · weight) to the power of 1 ÷ temperature, examples-proportional
/// mixing with a limit and a temperature (Raffel et al. 2020, section 3.5.2). A set gives at most size · epochs rows; what it cannot
/// give, the others give by their shares.
///
/// @param temperature at least 1; 1 mixes by size
/// @param cap the size at which a set counts at most
/// @param maxEpochs how often a row may stand in the mixture, at least 1
public record MixtureShares(double temperature, OptionalInt cap, double maxEpochs) {
    /// @param sizes of the sets, each at least 1
    /// @param weights of the sets, over 0
    /// @return the share of each set; together 1
    public double[] shares(int[] sizes, double[] weights) {
        var shares = new double[sizes.length];
        for (int i = 0; i < shares.length; i++) {
            double size = cap.isPresent() ? Math.min(sizes[i], cap.getAsInt()) : sizes[i];
            shares[i] = Math.pow(size * weights[i], 1 / temperature);
        }
        double all = Arrays.stream(shares).sum();
        for (int i = 0; i < shares.length; i++) {
            shares[i] /= all;
        }
        return shares;
    }

    /// @param rows how many in all
    /// @return how many of each set, fewer in all where the sets cannot give so many
    public int[] counts(int[] sizes, double[] weights, int rows) {
        var shares = shares(sizes, weights);
        var most = new double[sizes.length];
        for (int i = 0; i < most.length; i++) {
            most[i] = Math.floor(sizes[i] * maxEpochs);
        }
        var exact = new double[sizes.length];
        var isFull = new boolean[sizes.length];
        double left = Math.min(rows, Arrays.stream(most).sum());
        double open = 1;
        for (boolean changed = true; changed; ) {
            changed = false;
            for (int i = 0; i < exact.length; i++) {
                if (!isFull[i] && open > 0 && left * shares[i] / open >= most[i]) {
                    exact[i] = most[i];
                    isFull[i] = true;
                    left -= most[i];
                    open -= shares[i];
                    changed = true;
                    break;
                }
            }
        }
        for (int i = 0; i < exact.length; i++) {
            if (!isFull[i]) {
                exact[i] = open <= 0 ? 0 : left * shares[i] / open;
            }
        }
        return whole(exact, most);
    }

    /// As many rows as stand in the mixture where no row stands twice and the shares hold: the set that is used up first says how many.
    public int mostWithoutRepeats(int[] sizes, double[] weights) {
        var shares = shares(sizes, weights);
        double most = Double.MAX_VALUE;
        for (int i = 0; i < sizes.length; i++) {
            most = Math.min(most, sizes[i] / shares[i]);
        }
        return (int) Math.max(1, Math.floor(most + 1e-9));
    }

    /// Rounded by largest remainders.
    private static int[] whole(double[] exact, double[] most) {
        var whole = new int[exact.length];
        long sum = 0;
        double all = Arrays.stream(exact).sum();
        for (int i = 0; i < whole.length; i++) {
            whole[i] = (int) Math.floor(exact[i] + 1e-9);
            sum += whole[i];
        }
        for (long missing = Math.round(all) - sum; missing > 0; missing--) {
            int best = -1;
            for (int i = 0; i < whole.length; i++) {
                boolean hasRoom = whole[i] + 1 <= most[i];
                if (hasRoom && (best < 0 || exact[i] - whole[i] > exact[best] - whole[best])) {
                    best = i;
                }
            }
            if (best < 0) {
                break;
            }
            whole[best]++;
        }
        return whole;
    }
}
