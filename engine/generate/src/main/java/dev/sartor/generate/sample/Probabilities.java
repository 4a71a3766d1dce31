package dev.sartor.generate.sample;

/// The weights exp((logit − largest) / temperature) of a row's tokens, and those of them that may be drawn: the largest
/// weight is 1 but for rounding. Equal weights stay or go together. Not thread-safe.
final class Probabilities {
    /// Weights under e⁻³² (1.3e-14) count as nothing: all of a vocabulary together would not be drawn in a lifetime.
    private static final float LEAST = (float) (Math.exp(-Exponentials.SPAN) * 1.01);

    private static final float[] CUTS = {2e-2f, 1e-3f, 1e-6f, LEAST};

    private final Exponentials exponentials = new Exponentials();
    private float[] all = new float[0];
    private int count;
    private int best;
    private double mass;
    private double[] blocks = new double[0];

    /// Those that are left, with their places; unused until something is left out.
    private float[] kept = new float[0];

    private int[] places = new int[0];
    private float[] work = new float[0];
    private int left;
    private boolean narrowed;

    /// @param best the place of the largest logit, from 0
    void fill(float[] logits, int from, int count, int best, float inverseTemperature) {
        this.count = count;
        this.best = best;
        this.narrowed = false;
        if (all.length < count) {
            all = new float[count];
            kept = new float[count];
            places = new int[count];
            work = new float[count];
            blocks = new double[count / Exponentials.BLOCK + 1];
        }
        exponentials.fill(logits, from, count, logits[from + best], inverseTemperature, all);
        mass = exponentials.sum(all, count, blocks);
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
            gatherReaching(wanted);
        }
        System.arraycopy(kept, 0, work, 0, left);
        keepFrom(Selection.reaching(work, left, wanted));
    }

    /// Mostly a few large ones do. All that are no larger than the last bound together make up less than what may be left
    /// out.
    private void gatherReaching(double wanted) {
        float last = (float) Math.max(LEAST, (mass - wanted) / count);
        for (float cut : CUTS) {
            if (cut > last) {
                gather(cut);
                if (mass >= wanted) {
                    return;
                }
            }
        }
        gather(last);
    }

    /// Keeps those that are at least this part of the largest.
    void keepPart(float part) {
        keepFrom(part * all[best]);
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
        if (narrowed) {
            int found = walk(kept, 0, left, target);
            return found < 0 ? best : places[found];
        }
        int block = 0;
        for (; (block + 1) * Exponentials.BLOCK < count && target >= blocks[block]; block++) {
            target -= blocks[block];
        }
        int found = walk(all, block * Exponentials.BLOCK, count, target);
        return found < 0 ? best : found;
    }

    /// −1 where rounding leaves nothing to be found.
    private static int walk(float[] weights, int from, int count, double target) {
        double missing = target;
        for (int i = from; i < count; i++) {
            if (weights[i] >= LEAST) {
                missing -= weights[i];
                if (missing < 0) {
                    return i;
                }
            }
        }
        return -1;
    }
}
