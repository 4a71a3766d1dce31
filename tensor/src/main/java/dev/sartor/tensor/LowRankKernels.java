package dev.sartor.tensor;

/// Products of one row with a few rows of matrices in native memory, of one type. What is written is float32; so are the
/// single rows that are read.
interface LowRankKernels {
    /// Rows that follow each other, by the address of the first.
    record Rows(long address, int count, int width) {}

    /// Writes the dot products of the row at `x` with the rows of `a` to `inner`.
    void dots(Rows a, long x, float[] inner);

    /// Adds to the row at `y` the rows of `b`, each multiplied by its value of `inner`.
    void addSum(Rows b, long y, float[] inner);
}
