package dev.sartor.tune;

/// The rows that a private step took. These counts are exact, and so no part of what a private training promises.
///
/// @param drawn by chance; none in some steps
/// @param clipped whose gradients were longer than the clip norm
public record ClippedRows(int drawn, int clipped) {
    public ClippedRows plus(ClippedRows other) {
        return new ClippedRows(drawn + other.drawn, clipped + other.clipped);
    }

    /// 0 to 1.
    public double share() {
        return drawn == 0 ? 0 : (double) clipped / drawn;
    }
}
