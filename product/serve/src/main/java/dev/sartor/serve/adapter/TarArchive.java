package dev.sartor.serve.adapter;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// A tar file as GNU, BSD and Python write it (POSIX ustar and pax, and GNU's long names), read in one pass. Links and devices
/// are refused: a folder with an adapter has none.
final class TarArchive implements Archive {
    private static final int BLOCK = 512;
    private static final int LONGEST_NAME = 1 << 16;
    private static final String UNSOUND = "it is no tar file, or a damaged one";

    private final InputStream in;
    private long left;
    private long padding;

    TarArchive(InputStream in) {
        this.in = in;
    }

    @Override
    public Optional<Entry> next() throws IOException {
        Optional<String> longName = Optional.empty();
        while (true) {
            skipRest();
            var header = in.readNBytes(BLOCK);
            if (isEnd(header)) {
                drain();
                return Optional.empty();
            }
            check(header);
            left = number(header, 124, 12);
            padding = (BLOCK - left % BLOCK) % BLOCK;
            switch (header[156]) {
                case 0, '0', '7' -> {
                    return Optional.of(new Entry(longName.orElse(name(header)), new Bytes()));
                }
                case '5', 'g' -> longName = Optional.empty();
                case 'x' -> longName = paxPath(text());
                case 'L' -> longName = Optional.of(untilZero(text()));
                default ->
                        throw UnsoundArchive.because(
                                "'"
                                        + name(header)
                                        + "' in it is no file and no folder (a link, or a device)");
            }
        }
    }

    private static boolean isEnd(byte[] header) {
        for (byte each : header) {
            if (each != 0) {
                return false;
            }
        }
        return true;
    }

    /// What follows the end is padding; it is read so that the client hears the answer.
    private void drain() throws IOException {
        in.transferTo(OutputStream.nullOutputStream());
    }

    private static void check(byte[] header) {
        if (header.length < BLOCK) {
            throw UnsoundArchive.because("it is cut off");
        }
        long sum = 0;
        for (int i = 0; i < BLOCK; i++) {
            sum += i >= 148 && i < 156 ? ' ' : header[i] & 0xff;
        }
        if (sum != number(header, 148, 8)) {
            throw UnsoundArchive.because(UNSOUND);
        }
    }

    /// Octal digits, or GNU's base 256 where the first bit is set.
    private static long number(byte[] header, int from, int length) {
        if ((header[from] & 0x80) != 0) {
            long value = 0;
            for (int i = from + length - 8; i < from + length; i++) {
                value = (value << 8) | (header[i] & 0xff);
            }
            if (value < 0) {
                throw UnsoundArchive.because(UNSOUND);
            }
            return value;
        }
        var text = new String(header, from, length, StandardCharsets.US_ASCII);
        var digits = untilZero(text).strip();
        if (!digits.chars().allMatch(c -> c >= '0' && c <= '7')) {
            throw UnsoundArchive.because(UNSOUND);
        }
        return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
    }

    private static String name(byte[] header) {
        boolean isPosix = new String(header, 257, 6, StandardCharsets.US_ASCII).equals("ustar\0");
        var prefix = isPosix ? untilZero(new String(header, 345, 155, StandardCharsets.UTF_8)) : "";
        var name = untilZero(new String(header, 0, 100, StandardCharsets.UTF_8));
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    private static String untilZero(String text) {
        int end = text.indexOf('\0');
        return end < 0 ? text : text.substring(0, end);
    }

    private String text() throws IOException {
        if (left > LONGEST_NAME) {
            throw UnsoundArchive.because("a name in it is longer than " + LONGEST_NAME + " bytes");
        }
        return new String(new Bytes().readAllBytes(), StandardCharsets.UTF_8);
    }

    /// Of records `LENGTH KEY=VALUE\n`.
    private static Optional<String> paxPath(String records) {
        return records.lines()
                .map(line -> line.substring(line.indexOf(' ') + 1))
                .filter(record -> record.startsWith("path="))
                .map(record -> record.substring("path=".length()))
                .reduce((_, last) -> last);
    }

    private void skipRest() throws IOException {
        new Bytes().skipNBytes(left);
        if (padding > 0 && in.readNBytes((int) padding).length < padding) {
            throw UnsoundArchive.because("it is cut off");
        }
        padding = 0;
    }

    /// What is left of the file.
    private final class Bytes extends InputStream {
        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (left == 0) {
                return -1;
            }
            int count = in.read(into, offset, (int) Math.min(left, length));
            if (count < 0) {
                throw UnsoundArchive.because("it is cut off");
            }
            left -= count;
            return count;
        }
    }
}
