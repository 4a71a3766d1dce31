package dev.sartor.tune.privacy;

import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;
import javax.crypto.Cipher;

/// A cipher's stream as a source of chance.
final class KeyStream implements RandomGenerator {
    private static final byte[] ZEROS = new byte[1 << 13];

    private final Cipher cipher;
    private ByteBuffer drawn = ByteBuffer.allocate(0);

    KeyStream(Cipher cipher) {
        this.cipher = cipher;
    }

    @Override
    public long nextLong() {
        if (!drawn.hasRemaining()) {
            drawn = ByteBuffer.wrap(cipher.update(ZEROS));
        }
        return drawn.getLong();
    }

    /// Normal numbers of mean 0 (Box and Muller 1958, in doubles).
    ///
    /// @param deviation the standard deviation
    float[] normal(int count, double deviation) {
        var values = new float[count];
        for (int i = 0; i < count; i += 2) {
            double length = deviation * Math.sqrt(-2 * Math.log(1 - nextDouble()));
            double angle = 2 * Math.PI * nextDouble();
            values[i] = (float) (length * Math.cos(angle));
            if (i + 1 < count) {
                values[i + 1] = (float) (length * Math.sin(angle));
            }
        }
        return values;
    }
}
