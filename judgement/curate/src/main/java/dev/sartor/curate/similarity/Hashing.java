package dev.sartor.curate.similarity;

/// Hashes of texts, 64 bits wide. They only say which texts are worth comparing.
public final class Hashing {
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    private Hashing() {}

    public static long of(String text) {
        long hash = text.length();
        for (int i = 0; i < text.length(); i++) {
            hash = next(hash, text.charAt(i));
        }
        return mix(hash);
    }

    /// The running hash with one more unit; {@link #mix} ends it.
    public static long next(long hash, long unit) {
        return (hash ^ unit) * MULTIPLIER;
    }

    /// MurmurHash3's finaliser: a bijection by which each bit depends on all.
    public static long mix(long hash) {
        long mixed = (hash ^ (hash >>> 33)) * 0xFF51AFD7ED558CCDL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xC4CEB9FE1A85EC53L;
        return mixed ^ (mixed >>> 33);
    }
}
