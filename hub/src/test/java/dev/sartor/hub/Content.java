package dev.sartor.hub;

import dev.sartor.core.Sha256;
import java.util.HexFormat;
import java.util.Random;

/// Bytes that look like nothing.
final class Content {
    private Content() {}

    static byte[] of(int size) {
        var bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(Sha256.digest().digest(bytes));
    }
}
