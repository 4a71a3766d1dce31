package dev.sartor.compare.run;

import dev.sartor.core.SartorException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A run's file of answers, read one by one, so that none but the one at hand is in memory.
///
/// @param file which need not be there
public record StoredAnswers(Path file) {
    private static final int BUFFER = 1 << 16;

    /// Where an answer stands in the file, in bytes.
    public record Place(long from, int length) {}

    @FunctionalInterface
    public interface Visitor {
        void visit(StoredAnswer answer, Place place);
    }

    /// In the file's order. A last line that is still being written is left out.
    public void each(Visitor visitor) {
        lines((line, place) -> visitor.visit(RunJson.read(line, file, StoredAnswer.class), place));
    }

    /// How many there are; 0 where there is no file.
    public int count() {
        var count = new int[1];
        if (Files.isRegularFile(file)) {
            lines((_, _) -> count[0]++);
        }
        return count[0];
    }

    /// The answer that stands at a place that {@link #each} told.
    public StoredAnswer at(Place place) {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            var bytes = ByteBuffer.allocate(place.length());
            while (bytes.hasRemaining()
                    && channel.read(bytes, place.from() + bytes.position()) >= 0) {}
            return RunJson.read(bytes.array(), file, StoredAnswer.class);
        } catch (IOException e) {
            throw SartorException.missing("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    @FunctionalInterface
    private interface Line {
        void of(byte[] line, Place place);
    }

    private void lines(Line each) {
        try (var in = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
            var line = new ByteArrayOutputStream();
            long from = 0;
            long at = 0;
            for (int next = in.read(); next >= 0; next = in.read()) {
                at++;
                if (next != '\n') {
                    line.write(next);
                    continue;
                }
                if (line.size() > 1) {
                    each.of(line.toByteArray(), new Place(from, line.size()));
                }
                line.reset();
                from = at;
            }
        } catch (IOException e) {
            throw SartorException.missing("cannot read " + file + ": " + e.getMessage(), e);
        }
    }
}
