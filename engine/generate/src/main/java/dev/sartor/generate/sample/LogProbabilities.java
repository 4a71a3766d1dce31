package dev.sartor.generate.sample;

/// How likely a token was, and which were likeliest in its place.
///
/// @param chosen the token's log-probability in nats
/// @param top tokens, likeliest first
/// @param values their log-probabilities in nats
public record LogProbabilities(double chosen, int[] top, double[] values) {
    /// From logits as the network gave them.
    ///
    /// @param most how many of the likeliest to find
    public static LogProbabilities of(
            float[] logits, int offset, int vocabulary, int token, int most) {
        float largest = logits[offset + Logits.largest(logits, offset, vocabulary)];
        double sum = 0;
        for (int i = offset; i < offset + vocabulary; i++) {
            sum += Math.exp(logits[i] - largest);
        }
        double total = largest + Math.log(sum);
        var top = top(logits, offset, vocabulary, Math.min(most, vocabulary));
        var values = new double[top.length];
        for (int i = 0; i < top.length; i++) {
            values[i] = logits[offset + top[i]] - total;
        }
        return new LogProbabilities(logits[offset + token] - total, top, values);
    }

    private static int[] top(float[] logits, int offset, int vocabulary, int most) {
        var top = new int[most];
        int found = 0;
        for (int i = 0; i < vocabulary && most > 0; i++) {
            float logit = logits[offset + i];
            if (found == most && logit <= logits[offset + top[most - 1]]) {
                continue;
            }
            int at = found < most ? found++ : most - 1;
            for (; at > 0 && logits[offset + top[at - 1]] < logit; at--) {
                top[at] = top[at - 1];
            }
            top[at] = i;
        }
        return top;
    }
}
