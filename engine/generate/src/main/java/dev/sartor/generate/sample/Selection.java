package dev.sartor.generate.sample;

/// Finds a bound among values without sorting them all (Hoare 1961, "Find"). The values change their places.
final class Selection {
    private Selection() {}

    /// The k-th largest.
    ///
    /// @param k from 1 to `count`
    static float largest(float[] values, int count, int k) {
        int low = 0;
        int high = count;
        int wanted = k;
        while (true) {
            float pivot = pivot(values, low, high);
            int larger = partition(values, low, high, pivot, true);
            if (wanted <= larger - low) {
                high = larger;
                continue;
            }
            int equal = partition(values, larger, high, pivot, false);
            if (wanted <= equal - low) {
                return pivot;
            }
            wanted -= equal - low;
            low = equal;
        }
    }

    /// The largest value such that those of at least its size sum to what is wanted; the smallest where all do not.
    static float reaching(float[] values, int count, double wanted) {
        int low = 0;
        int high = count;
        double missing = wanted;
        float least = 0;
        while (low < high) {
            float pivot = pivot(values, low, high);
            int larger = partition(values, low, high, pivot, true);
            double above = sum(values, low, larger);
            if (above >= missing) {
                high = larger;
                continue;
            }
            int equal = partition(values, larger, high, pivot, false);
            least = pivot;
            missing -= above + (double) pivot * (equal - larger);
            if (missing <= 0) {
                return pivot;
            }
            low = equal;
        }
        return least;
    }

    /// The middle one of three.
    private static float pivot(float[] values, int low, int high) {
        float a = values[low];
        float b = values[(low + high) >>> 1];
        float c = values[high - 1];
        return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
    }

    /// Brings those larger than the pivot, or those equal to it, to the front; returns where they end.
    private static int partition(float[] values, int low, int high, float pivot, boolean larger) {
        int end = low;
        for (int i = low; i < high; i++) {
            float value = values[i];
            if (larger ? value > pivot : value == pivot) {
                values[i] = values[end];
                values[end++] = value;
            }
        }
        return end;
    }

    private static double sum(float[] values, int low, int high) {
        double sum = 0;
        for (int i = low; i < high; i++) {
            sum += values[i];
        }
        return sum;
    }
}
