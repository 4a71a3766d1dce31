package dev.sartor.curate.split;

import dev.sartor.core.Problems;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/// How many rows training, validation and test shall have.
///
/// @param train the rest where it is left out
/// @param validation 0 for none
/// @param test 0 for none; a size that {@code sartor plan} asks for is a count
public record SplitSizes(Optional<Amount> train, Amount validation, Amount test) {
    private static final double ROUNDING = 1e-6;

    public SplitSizes {
        Problems.refuseUnless(
                validation.value() > 0 || test.value() > 0,
                "validation and test",
                "more than 0, at least one of them",
                "0",
                "0.1 of the rows is usual for each");
        if (train.isPresent()) {
            boolean areShares = train.get().isShare() && validation.isShare() && test.isShare();
            double sum = train.get().value() + validation.value() + test.value();
            Problems.refuseUnless(
                    !areShares || Math.abs(sum - 1) <= ROUNDING,
                    "train + validation + test",
                    "shares that add up to 1",
                    told(train.get(), validation, test, sum),
                    "leave train out, which gives it the rest");
        }
    }

    private static String told(Amount train, Amount validation, Amount test, double sum) {
        return train
                + " + "
                + validation
                + " + "
                + test
                + " = "
                + (sum == Math.rint(sum)
                        ? String.format(Locale.ROOT, "%.0f", sum)
                        : String.valueOf(Math.round(sum * 1e6) / 1e6));
    }

    /// Training gets what the two leave.
    public static SplitSizes of(Amount validation, Amount test) {
        return new SplitSizes(Optional.empty(), validation, test);
    }

    public static SplitSizes shares(double train, double validation, double test) {
        return new SplitSizes(
                Optional.of(Amount.share(train)), Amount.share(validation), Amount.share(test));
    }

    /// The rows of each split, as {@link Sides} numbers them; together all rows. Rounded by largest remainders.
    int[] targets(int rows) {
        double trained =
                train.map(each -> each.of(rows)).orElse(rows - validation.of(rows) - test.of(rows));
        Problems.refuseUnless(
                train.isPresent() || trained > ROUNDING,
                "validation + test",
                "fewer than the " + rows + " rows, so that some are left to train on",
                validation + " + " + test,
                "ask for fewer, or for shares such as 0.1");
        var exact = new double[] {trained, validation.of(rows), test.of(rows)};
        double sum = exact[0] + exact[1] + exact[2];
        Problems.refuseUnless(
                Math.abs(sum - rows) <= ROUNDING * Math.max(1, rows),
                "train + validation + test",
                "as many as there are rows (" + rows + ")",
                told(train.orElse(validation), validation, test, sum),
                "leave train out, which gives it the rest");
        var targets = rounded(exact, rows);
        for (var split : Sides.ALL) {
            int number = Sides.number(split);
            Problems.refuseUnless(
                    exact[number] <= ROUNDING || targets[number] > 0,
                    Sides.name(split),
                    "at least one row",
                    String.format(Locale.ROOT, "%.2g of %d rows", exact[number], rows),
                    "ask for a larger share, or bring more rows");
        }
        return targets;
    }

    /// Whole numbers with the sum of the exact ones; each is the one below or above.
    private static int[] rounded(double[] exact, int rows) {
        var whole = new int[exact.length];
        for (int s = 0; s < exact.length; s++) {
            whole[s] = (int) Math.floor(exact[s] + ROUNDING);
        }
        int left = rows - IntStream.of(whole).sum();
        var order =
                IntStream.range(0, exact.length)
                        .boxed()
                        .sorted((a, b) -> Double.compare(exact[b] - whole[b], exact[a] - whole[a]))
                        .toList();
        for (int i = 0; i < left; i++) {
            whole[order.get(i)]++;
        }
        return whole;
    }
}
