package dev.sartor.data.row;

import dev.sartor.core.Origin;
import dev.sartor.core.Problems;
import dev.sartor.core.file.Sha256;
import dev.sartor.core.text.Size;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/// A file's lines as strict UTF-8. A line with other bytes is a problem of its own and reads on with U+FFFD in their
/// place, so that one bad line hides no other. Of a line that is too long the rest is passed over, which is a problem, too. A byte
/// order mark at the start is left out. Not thread-safe.
public final class StrictLines implements AutoCloseable {
    /// In bytes.
    private static final int LONGEST_LINE = 512 << 20;

    private final Complaints complaints;
    private final int longest;
    private final InputStream in;
    private final MessageDigest digest = Sha256.digest();
    private final BitSet unsound = new BitSet();
    private final byte[] buffer = new byte[1 << 16];
    private int position;
    private int filled;
    private int number;

    public StrictLines(Path file, Problems problems) throws IOException {
        this(
                file,
                (line, what) -> problems.add(new Origin(file.toString(), line).toString(), what));
    }

    public StrictLines(Path file, Complaints complaints) throws IOException {
        this(file, complaints, LONGEST_LINE);
    }

    StrictLines(Path file, Complaints complaints, int longest) throws IOException {
        this.complaints = complaints;
        this.longest = longest;
        this.in = Files.newInputStream(file);
    }

    /// Is told of lines that cannot be read as they stand.
    public interface Complaints {
        /// @param line from 1
        void problem(int line, String what);
    }

    /// @param text with its line end, which the last line may lack
    record Line(int number, String text) {}

    Optional<Line> next() throws IOException {
        var bytes = nextBytes();
        if (bytes.length == 0) {
            return Optional.empty();
        }
        number++;
        if (unsound.get(number)) { // too long, and cut off
            return Optional.of(new Line(number, "\n"));
        }
        int start = number == 1 && startsWithMark(bytes) ? 3 : 0;
        return Optional.of(new Line(number, decoded(bytes, start)));
    }

    /// Whether a line from the first to the last, both from 1, held bytes that are not UTF-8.
    public boolean isSound(int first, int last) {
        int bad = unsound.nextSetBit(first);
        return bad < 0 || bad > last;
    }

    /// The lines from here on as one stream of characters.
    Reader reader() {
        return new LineReader();
    }

    /// Reads what is left, and gives the digest of all of the file.
    public String digest() throws IOException {
        while (next().isPresent()) {
            // Every line that is not UTF-8 is named, those after the parser's last word too.
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private static boolean startsWithMark(byte[] bytes) {
        return bytes.length >= 3
                && bytes[0] == (byte) 0xEF
                && bytes[1] == (byte) 0xBB
                && bytes[2] == (byte) 0xBF;
    }

    private byte[] nextBytes() throws IOException {
        var line = new ByteArrayOutputStream();
        while (true) {
            if (position == filled && !fill()) {
                return line.toByteArray();
            }
            int end = position;
            while (end < filled && buffer[end] != '\n') {
                end++;
            }
            boolean complete = end < filled;
            int taken = (complete ? end + 1 : end) - position;
            if (line.size() <= longest) {
                line.write(buffer, position, taken);
                if (line.size() > longest) {
                    unsound.set(number + 1);
                    complaints.problem(
                            number + 1,
                            "is longer than "
                                    + Size.mib(longest)
                                    + ", and was not read: put each row on a line of its own.");
                }
            }
            position += taken;
            if (complete) {
                return line.toByteArray();
            }
        }
    }

    private boolean fill() throws IOException {
        filled = Math.max(0, in.read(buffer));
        position = 0;
        digest.update(buffer, 0, filled);
        return filled > 0;
    }

    private String decoded(byte[] bytes, int start) {
        var input = ByteBuffer.wrap(bytes, start, bytes.length - start);
        var output = CharBuffer.allocate(bytes.length - start);
        var result = decoder(CodingErrorAction.REPORT).decode(input, output, true);
        if (!result.isError()) {
            return output.flip().toString();
        }
        unsound.set(number);
        complaints.problem(
                number,
                String.format(
                        Locale.ROOT,
                        "is not UTF-8: byte 0x%02X at byte %d of the line. Save the file as UTF-8.",
                        bytes[input.position()],
                        input.position() + 1));
        return new String(bytes, start, bytes.length - start, StandardCharsets.UTF_8);
    }

    private static CharsetDecoder decoder(CodingErrorAction action) {
        return StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(action)
                .onUnmappableCharacter(action);
    }

    private final class LineReader extends Reader {
        private String text = "";
        private int at;

        @Override
        public int read(char[] target, int offset, int length) throws IOException {
            while (at == text.length()) {
                var line = next();
                if (line.isEmpty()) {
                    return -1;
                }
                text = line.get().text();
                at = 0;
            }
            int taken = Math.min(length, text.length() - at);
            text.getChars(at, at + taken, target, offset);
            at += taken;
            return taken;
        }

        @Override
        public void close() {}
    }
}
