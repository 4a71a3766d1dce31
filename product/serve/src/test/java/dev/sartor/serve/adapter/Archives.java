package dev.sartor.serve.adapter;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Archives as callers send them.
final class Archives {
    private static final int BLOCK = 512;

    private Archives() {}

    static byte[] tar(Map<String, byte[]> files) {
        var out = new ByteArrayOutputStream();
        files.forEach((name, bytes) -> out.writeBytes(entry('0', name, bytes)));
        out.writeBytes(new byte[2 * BLOCK]);
        return out.toByteArray();
    }

    /// A header with its checksum, and what follows it in whole blocks.
    static byte[] entry(char type, String name, byte[] bytes) {
        var block = new byte[BLOCK + (bytes.length + BLOCK - 1) / BLOCK * BLOCK];
        put(block, 0, name);
        put(block, 100, "0000600\0");
        put(block, 124, String.format(Locale.ROOT, "%011o\0", bytes.length));
        block[156] = (byte) type;
        put(block, 257, "ustar\00000");
        put(block, 148, "        ");
        int sum = 0;
        for (int i = 0; i < BLOCK; i++) {
            sum += block[i] & 0xff;
        }
        put(block, 148, String.format(Locale.ROOT, "%06o\0 ", sum));
        System.arraycopy(bytes, 0, block, BLOCK, bytes.length);
        return block;
    }

    private static void put(byte[] block, int at, String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, block, at, bytes.length);
    }

    static byte[] zip(Map<String, byte[]> files) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(out)) {
            for (var file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
                zip.closeEntry();
            }
        }
        return out.toByteArray();
    }
}
