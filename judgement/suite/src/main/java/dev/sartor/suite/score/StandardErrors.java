package dev.sartor.suite.score;

import dev.sartor.suite.python.PythonRandom;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Standard errors by the formulas of lm-eval's `api/metrics.py`.
public final class StandardErrors {
    private static final int CHUNKS = 100;
    private static final int DRAWS_OF_CHUNK = 1000;

    private StandardErrors() {}

    /// `mean_stderr`: the sample's standard deviation divided by √n.
    ///
    /// @param values at least two
    public static double ofMean(double[] values) {
        return deviation(values) / Math.sqrt(values.length);
    }

    /// `sample_stddev`.
    private static double deviation(double[] values) {
        double mean = mean(values);
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return Math.sqrt(squares / (values.length - 1));
    }

    static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    /// `perplexity`: e to the mean negative log-likelihood of an item.
    public static double perplexity(double[] logLikelihoods) {
        return Math.exp(-mean(logLikelihoods));
    }

    /// `bootstrap_stderr` of the perplexity: the standard deviation of 100,000 resamples, a thousand of each of the generators 0 to
    /// 99, so that it is lm-eval's to the last digits.
    ///
    /// @param logLikelihoods at least two
    public static double ofPerplexity(double[] logLikelihoods) {
        var resampled = new double[CHUNKS * DRAWS_OF_CHUNK];
        IntStream.range(0, CHUNKS)
                .parallel()
                .forEach(chunk -> resample(logLikelihoods, chunk, resampled));
        return deviation(resampled);
    }

    private static void resample(double[] values, int chunk, double[] into) {
        var random = new PythonRandom(chunk);
        for (int draw = 0; draw < DRAWS_OF_CHUNK; draw++) {
            double sum = 0;
            for (int i = 0; i < values.length; i++) {
                sum += values[(int) (random.fraction() * values.length)];
            }
            into[chunk * DRAWS_OF_CHUNK + draw] = Math.exp(-sum / values.length);
        }
    }

    /// `pooled_sample_stderr` of a mean over parts of which each counts by its size.
    ///
    /// @param parts values of each, at least two
    public static double pooled(List<double[]> parts) {
        int all = parts.stream().mapToInt(part -> part.length).sum();
        double variance =
                parts.stream()
                                .mapToDouble(part -> {
                                    double error = ofMean(part);
                                    return (part.length - 1) * error * error * part.length;
                                })
                                .sum()
                        / (all - parts.size());
        return Math.sqrt(variance / all);
    }

    /// Whether every part is large enough for a standard error.
    public static boolean isKnown(List<double[]> parts) {
        return parts.stream().allMatch(part -> part.length > 1);
    }

    /// All parts' values.
    public static double[] joined(List<double[]> parts) {
        return parts.stream().flatMapToDouble(Arrays::stream).toArray();
    }
}
