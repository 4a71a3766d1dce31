package dev.sartor.curate.similarity;

import java.util.Arrays;

/// Which runs of characters (shingles, Broder 1997) a text is taken apart into. They are of folded texts, without spaces: two
/// unrelated English texts of 500 characters have 1.6 % of their runs of five in common (Jaccard), and a text has 30 % in common with
/// itself after 15 % of its characters were edited. Runs of four have 4 % and 36 %, runs of five with spaces 3.4 % and 30 %, runs of
/// six 0.8 % and 23 %; runs of five words have next to nothing. The longer a text, the more short runs it has by chance; so long
/// texts take longer runs.
public enum ShingleTier {
    SHORT(5, 0, 2_048, 1),
    MIDDLE(6, 2_048, 32_768, 1),
    LONG(10, 32_768, Integer.MAX_VALUE, 64);

    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    private final int width;
    private final int from;
    private final int to;
    private final int sampling;

    /// @param sampling one of so many shingles is taken, chosen by its hash and so the same in all texts
    ShingleTier(int width, int from, int to, int sampling) {
        this.width = width;
        this.from = from;
        this.to = to;
        this.sampling = sampling;
    }

    /// In characters.
    public int width() {
        return width;
    }

    /// Whether a text is compared by these shingles. Of two texts the shorter one decides: where it is at least so much of the
    /// longer one as the threshold says, both are in its tier.
    public boolean holds(int length, double threshold) {
        return length >= from && length <= to / threshold;
    }

    /// The tier in which a text is the shorter of two.
    public static ShingleTier of(int length) {
        return Arrays.stream(values()).filter(each -> length < each.to).findFirst().orElse(LONG);
    }

    /// Hashes of the shingles in their order; one at least, of any text but the empty one. A text that is shorter than a shingle
    /// is one by itself.
    public long[] hashes(String folded) {
        if (folded.length() < width) {
            return folded.isEmpty() ? new long[0] : new long[] {Hashing.of(folded)};
        }
        var hashes = new long[(folded.length() - width + 1) / sampling + 1];
        long leaving = power();
        long rolling = 0;
        long least = Long.MAX_VALUE;
        int count = 0;
        for (int i = 0; i < folded.length(); i++) {
            rolling = rolling * MULTIPLIER + folded.charAt(i);
            if (i >= width) {
                rolling -= leaving * folded.charAt(i - width);
            }
            if (i >= width - 1) {
                long hash = Hashing.mix(rolling);
                least = Math.min(least, hash);
                if ((hash & (sampling - 1)) == 0) {
                    hashes = count == hashes.length ? Arrays.copyOf(hashes, 2 * count) : hashes;
                    hashes[count++] = hash;
                }
            }
        }
        return count == 0 ? new long[] {least} : Arrays.copyOf(hashes, count);
    }

    /// The same in ascending order and without repeats.
    public long[] set(String folded) {
        var hashes = hashes(folded);
        Arrays.sort(hashes);
        int count = 0;
        for (int i = 0; i < hashes.length; i++) {
            if (i == 0 || hashes[i] != hashes[i - 1]) {
                hashes[count++] = hashes[i];
            }
        }
        return count == hashes.length ? hashes : Arrays.copyOf(hashes, count);
    }

    private long power() {
        long power = 1;
        for (int i = 0; i < width; i++) {
            power *= MULTIPLIER;
        }
        return power;
    }
}
