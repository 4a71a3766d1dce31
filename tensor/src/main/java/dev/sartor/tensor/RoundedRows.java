package dev.sartor.tensor;

import java.lang.foreign.ValueLayout;

/// Rows rounded to 8 bits, each by its own largest value.
final class RoundedRows {
    private static final float STEPS = 127;

    private RoundedRows() {}

    /// @param from [rows, width]
    /// @param to I8 of the same shape, contiguous
    /// @return what each row's whole numbers are to be multiplied with
    static float[] write(Tensor from, Tensor to) {
        int rows = (int) from.size(0);
        int width = (int) from.size(1);
        var values = from.toFloats();
        var steps = new float[rows];
        for (int row = 0; row < rows; row++) {
            float most = 0;
            for (int i = row * width; i < (row + 1) * width; i++) {
                most = Math.max(most, Math.abs(values[i]));
            }
            steps[row] = most / STEPS;
            float factor = most == 0 ? 0 : STEPS / most;
            long at = to.address() + (long) row * width;
            for (int i = 0; i < width; i++) {
                byte rounded = (byte) Math.round(values[row * width + i] * factor);
                RowKernels.NATIVE.set(ValueLayout.JAVA_BYTE, at + i, rounded);
            }
        }
        return steps;
    }
}
