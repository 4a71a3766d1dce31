package dev.sartor.generate;

/// The weights exp((logit − largest) / temperature) of a row's tokens, and those of them that may be drawn: the largest
/// weight is 1 but for rounding. Equal weights stay or go together. Not thread-safe.
final class Weights {
    /// Weights under e⁻³² (1.3e-14) count as nothing: all of a vocabulary together are never drawn.
    private static final float SPAN = 32;

    private static final float LEAST = (float) (Math.exp(-SPAN) * 1.01);

    /// exp(−1/2).
    private static final float MIDDLE = (float) Math.exp(-0.5);

    private static final float[] CUTS = {1e-3f, 1e-6f, LEAST};

    private float[] all = new float[0];
    private int count;
    private double mass;
    private float largest;

    /// Those that are left, with their places; unused until something is left out.
    private float[] kept = new float[0];

    private int[] places = new int[0];
    private float[] work = new float[0];
    private int left;
    private boolean narrowed;

    /// @param best the place of the largest logit, from 0
    void fill(float[] logits, int from, int count, int best, float inverseTemperature) {
        this.count = count;
        this.narrowed = false;
        if (all.length < count) {
            all = new float[count];
            kept = new float[count];
            places = new int[count];
            work = new float[count];
        }
        exponentials(logits, from, count, logits[from + best], inverseTemperature / SPAN, all);
        largest = all[best];
        mass = sum(all, count);
    }

    /// exp(−t) as (exp(−t/32))³², the inner one by its Taylor series around −1/2: products and sums alone, which the
    /// compiler turns into vector instructions. Its relative error is below 1e-5.
    private static void exponentials(
            float[] logits, int from, int count, float largest, float scale, float[] into) {
        for (int i = 0; i < count; i++) {
            float y = 0.5f - Math.min((largest - logits[from + i]) * scale, 1f);
            float e = 1 + y * (1f / 7);
            e = 1 + y * (1f / 6) * e;
            e = 1 + y * (1f / 5) * e;
            e = 1 + y * (1f / 4) * e;
            e = 1 + y * (1f / 3) * e;
            e = 1 + y * (1f / 2) * e;
            e = (1 + y * e) * MIDDLE;
            e *= e;
            e *= e;
            e *= e;
            e *= e;
            into[i] = e * e;
        }
    }

    private static double sum(float[] values, int count) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int i = 0;
        for (; i + 3 < count; i += 4) {
            a += values[i];
            b += values[i + 1];
            c += values[i + 2];
            d += values[i + 3];
        }
        for (; i < count; i++) {
            a += values[i];
        }
        return a + b + (c + d);
    }

    /// Keeps the k largest.
    void keepLargest(int k) {
        for (float cut : CUTS) {
            gather(cut);
            if (left >= k) {
                System.arraycopy(kept, 0, work, 0, left);
                keepFrom(Selection.largest(work, left, k));
                return;
            }
        }
    }

    /// Keeps the smallest set of the largest whose sum is at least this part of the whole.
    void keepMass(double part) {
        double wanted = mass * part;
        if (!narrowed) {
            // All that are no larger than this together make up less than what may be left out.
            gather((float) Math.max(LEAST, (mass - wanted) / count));
        }
        System.arraycopy(kept, 0, work, 0, left);
        keepFrom(Selection.reaching(work, left, wanted));
    }

    /// Keeps those that are at least this part of the largest.
    void keepPart(float part) {
        keepFrom(part * largest);
    }

    private void keepFrom(float least) {
        if (!narrowed) {
            gather(Math.max(LEAST, least));
            return;
        }
        int stay = 0;
        mass = 0;
        for (int i = 0; i < left; i++) {
            if (kept[i] >= least) {
                places[stay] = places[i];
                kept[stay++] = kept[i];
                mass += kept[stay - 1];
            }
        }
        left = stay;
    }

    private void gather(float least) {
        narrowed = true;
        int n = 0;
        double sum = 0;
        for (int i = 0; i < count; i++) {
            float weight = all[i];
            if (weight >= least) {
                kept[n] = weight;
                places[n++] = i;
                sum += weight;
            }
        }
        left = n;
        mass = sum;
    }

    /// The place where this part of the kept weights' sum is passed, in the order of places.
    ///
    /// @param part from 0 to 1, exclusive
    int at(double part) {
        double target = part * mass;
        return narrowed ? places[walk(kept, left, target)] : walk(all, count, target);
    }

    private static int walk(float[] weights, int count, double target) {
        int last = 0;
        for (int i = 0; i < count; i++) {
            if (weights[i] >= LEAST) {
                target -= weights[i];
                last = i;
                if (target < 0) {
                    return i;
                }
            }
        }
        return last; // rounding: the parts sum to a little less than their whole
    }
}
