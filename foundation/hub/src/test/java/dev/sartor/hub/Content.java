package dev.sartor.hub;

import dev.sartor.core.file.Sha256;
import java.util.HexFormat;
import java.util.Random;

/// Bytes that look like nothing.
public final class Content {
    private Content() {}

    public static byte[] of(int size) {
        var bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    public static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(Sha256.digest().digest(bytes));
    }
}
