package dev.sartor.tune;

/// What takes the steps.
public enum TuneOptimiser {
    /// Running means in F32: 8 bytes for each trained parameter.
    ADAMW(8),
    /// Running means in 8 bits with a scale for each block of 256 (Dettmers et al. 2022): 2 bytes for each.
    ADAMW_8BIT(2 + 8.0 / 256);

    private final double bytes;

    TuneOptimiser(double bytes) {
        this.bytes = bytes;
    }

    /// Of its state, for each trained parameter.
    public double bytes() {
        return bytes;
    }
}
