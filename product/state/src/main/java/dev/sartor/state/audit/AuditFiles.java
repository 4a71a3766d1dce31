package dev.sartor.state.audit;

import dev.sartor.core.SartorException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/// The files of a log: `audit-00000001.jsonl` and on.
final class AuditFiles {
    private static final Pattern NAME = Pattern.compile("audit-(\\d{8})\\.jsonl");

    private AuditFiles() {}

    static Path file(Path folder, int number) {
        return folder.resolve(String.format(java.util.Locale.ROOT, "audit-%08d.jsonl", number));
    }

    static int number(Path file) {
        var name = NAME.matcher(file.getFileName().toString());
        return name.matches() ? Integer.parseInt(name.group(1)) : -1;
    }

    /// In their order.
    static List<Path> in(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw SartorException.user(
                    folder
                            + " is no folder of an audit log: name the one of `sartor serve --audit`.");
        }
        var files = new ArrayList<Path>();
        try (var all = Files.newDirectoryStream(folder, "audit-*.jsonl")) {
            all.forEach(file -> {
                if (number(file) >= 0) {
                    files.add(file);
                }
            });
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
        files.sort(Comparator.comparingInt(AuditFiles::number));
        return files;
    }

    /// @param each takes a file and one of its lines after the other; a last line without an end is one, too
    static void lines(Path folder, BiConsumer<Path, String> each) {
        for (var file : in(folder)) {
            try (var lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
                for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                    each.accept(file, line);
                }
            } catch (IOException e) {
                throw unreadable(file, e);
            }
        }
    }

    private static SartorException unreadable(Path file, IOException e) {
        return SartorException.missing(file + " cannot be read: " + e.getMessage() + ".", e);
    }
}
