package dev.sartor.core.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/// A private file of lines that are flushed as they are written, so that work goes on behind the last of them after the process's death. Not
/// thread-safe.
public final class LineLog {
    private final Path file;
    private final List<String> before;

    private LineLog(Path file, List<String> before) {
        this.file = file;
        this.before = before;
    }

    /// Reads what is there; a last line that was cut short by the process's death is dropped.
    ///
    /// @param file in a folder that is made where it is not there
    public static LineLog open(Path file) {
        try {
            PrivateFiles.makeFolder(file.toAbsolutePath().resolveSibling(".").normalize());
            var text = Files.isRegularFile(file) ? Files.readString(file) : "";
            int whole = text.lastIndexOf('\n') + 1;
            if (whole < text.length()) {
                AtomicFile.write(file, text.substring(0, whole));
            }
            var lines = text.substring(0, whole).lines().filter(line -> !line.isBlank()).toList();
            return new LineLog(file, lines);
        } catch (IOException e) {
            throw AtomicFile.failure(file, e);
        }
    }

    /// The lines that were there when it was opened.
    public List<String> before() {
        return before;
    }

    /// @param lines each without its end
    public void append(List<String> lines) {
        var text = String.join("\n", lines) + "\n";
        var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        try (var channel =
                PrivateFiles.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.APPEND)) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(false);
        } catch (IOException e) {
            throw AtomicFile.failure(file, e);
        }
    }
}
