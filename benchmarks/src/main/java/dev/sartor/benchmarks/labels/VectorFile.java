package dev.sartor.benchmarks.labels;

import dev.sartor.core.SartorException;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Vectors as bare numbers, one row after another, little-endian: `numpy.fromfile(path, "<f4").reshape(rows, -1)`.
public final class VectorFile {
    private VectorFile() {}

    /// Of 32-bit numbers.
    public static void write(Path file, List<float[]> vectors) {
        try (var out = open(file)) {
            for (var vector : vectors) {
                var bytes = new byte[Float.BYTES * vector.length];
                littleEndian(bytes).asFloatBuffer().put(vector);
                out.write(bytes);
            }
        } catch (IOException e) {
            throw unwritten(file, e);
        }
    }

    /// Of 64-bit numbers: `"<f8"`.
    static void writeWide(Path file, double[][] rows) {
        try (var out = open(file)) {
            for (var row : rows) {
                var bytes = new byte[Double.BYTES * row.length];
                littleEndian(bytes).asDoubleBuffer().put(row);
                out.write(bytes);
            }
        } catch (IOException e) {
            throw unwritten(file, e);
        }
    }

    private static DataOutputStream open(Path file) throws IOException {
        return new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)));
    }

    private static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static SartorException unwritten(Path file, IOException e) {
        return SartorException.missing("cannot write " + file + ": " + e.getMessage(), e);
    }

    /// @param rows how many vectors the file holds
    static List<float[]> read(Path file, int rows) {
        try {
            var bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
            int numbers = bytes.capacity() / Float.BYTES;
            if (rows == 0 || numbers == 0 || numbers % rows != 0) {
                throw SartorException.user(
                        file
                                + " must hold as many vectors as there are labels, "
                                + rows
                                + ", got "
                                + numbers
                                + " numbers: name the file of the same rows");
            }
            var vectors = new ArrayList<float[]>(rows);
            var all = bytes.asFloatBuffer();
            for (int i = 0; i < rows; i++) {
                var vector = new float[numbers / rows];
                all.get(vector);
                vectors.add(vector);
            }
            return vectors;
        } catch (IOException e) {
            throw SartorException.missing("cannot read " + file + ": " + e.getMessage(), e);
        }
    }
}
