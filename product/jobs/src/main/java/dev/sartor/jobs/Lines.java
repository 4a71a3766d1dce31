package dev.sartor.jobs;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The lines of a stream, one at a time, of which none takes more than a bounded part of the memory. Not thread-safe.
final class Lines {
    private static final int LONGEST = 1 << 20;

    private final BufferedInputStream in;
    private int number;

    Lines(InputStream in) {
        this.in = new BufferedInputStream(in, 1 << 16);
    }

    /// @param number from 1
    /// @param text empty where there is a flaw
    record Line(int number, String text, Optional<String> flaw) {}

    /// Empty at the end.
    Optional<Line> next() throws IOException {
        var bytes = new ByteArrayOutputStream();
        int read = in.read();
        if (read < 0) {
            return Optional.empty();
        }
        number++;
        boolean isTooLong = false;
        for (; read >= 0 && read != '\n'; read = in.read()) {
            isTooLong |= bytes.size() >= LONGEST;
            if (!isTooLong) {
                bytes.write(read);
            }
        }
        if (isTooLong) {
            return Optional.of(flawed("it has more than " + LONGEST + " bytes"));
        }
        try {
            var text =
                    StandardCharsets.UTF_8
                            .newDecoder() // reports what is malformed
                            .decode(ByteBuffer.wrap(bytes.toByteArray()))
                            .toString();
            return Optional.of(
                    new Line(
                            number,
                            number == 1 ? text.replaceFirst("^\uFEFF", "") : text,
                            Optional.empty()));
        } catch (CharacterCodingException e) {
            return Optional.of(flawed("it is not UTF-8"));
        }
    }

    private Line flawed(String flaw) {
        return new Line(number, "", Optional.of(flaw));
    }
}
