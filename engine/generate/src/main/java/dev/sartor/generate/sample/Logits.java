package dev.sartor.generate.sample;

import dev.sartor.core.SartorException;

/// A row of unnormalised log-probabilities.
final class Logits {
    private Logits() {}

    /// The place of the largest, from 0; the first of equal ones.
    ///
    /// @throws SartorException a defect where one is not a number, or none is finite
    static int largest(float[] logits, int from, int count) {
        int at = -1;
        float best = Float.NEGATIVE_INFINITY;
        for (int i = from; i < from + count; i++) {
            float value = logits[i];
            // One comparison that is false for nearly all: true for a larger value and for NaN.
            if (!(value <= best)) {
                if (Float.isNaN(value)) {
                    throw broken("logit " + (i - from) + " is not a number");
                }
                best = value;
                at = i - from;
            }
        }
        if (at < 0 || best == Float.POSITIVE_INFINITY) {
            throw broken(at < 0 ? "none of its logits is finite" : "logit " + at + " is infinite");
        }
        return at;
    }

    private static SartorException broken(String what) {
        return SartorException.defect(
                "the network's answer cannot be used: "
                        + what
                        + ". Its weights or its adapter's are damaged, or overflow in this type: check"
                        + " the files, or load the model in fp32");
    }
}
