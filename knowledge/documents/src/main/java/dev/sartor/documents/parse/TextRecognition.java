package dev.sartor.documents.parse;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Tesseract, where it is installed: it reads pictures, and pages of PDF files that hold no text. Safe for concurrent callers.
public final class TextRecognition {
    /// Endings of what can be a scan.
    private static final Set<String> SCANS =
            Set.of("pdf", "png", "jpg", "jpeg", "tif", "tiff", "bmp", "gif", "webp");

    /// Tells the direction of writing, and is no language.
    private static final String ORIENTATION = "osd";

    private final Optional<Path> program;
    private boolean isAsked;
    private Optional<String> languages = Optional.empty();

    private TextRecognition(Optional<Path> program) {
        this.program = program;
    }

    public static TextRecognition none() {
        return new TextRecognition(Optional.empty());
    }

    /// As the worker JVMs find it: on the path of programs.
    public static TextRecognition ofThisMachine() {
        var folders = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return new TextRecognition(
                Stream.of(folders.split(File.pathSeparator, -1))
                        .filter(folder -> !folder.isEmpty())
                        .flatMap(folder ->
                                Stream.of("tesseract", "tesseract.exe")
                                        .map(name -> Path.of(folder, name)))
                        .filter(Files::isExecutable)
                        .findFirst());
    }

    public boolean reads(String path) {
        return isScan(path) && languages().isPresent();
    }

    private static boolean isScan(String path) {
        return SCANS.contains(path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
    }

    /// In which languages a file is to be recognised, as Tesseract names them; empty where it is not.
    public Optional<String> languages(String path) {
        return isScan(path) ? languages() : Optional.empty();
    }

    /// All that are installed: whoever installs one wants it read. Empty where there is none, or no Tesseract that runs.
    private synchronized Optional<String> languages() {
        if (!isAsked) {
            languages = program.flatMap(TextRecognition::installed);
            isAsked = true;
        }
        return languages;
    }

    private static Optional<String> installed(Path tesseract) {
        try {
            var builder =
                    new ProcessBuilder(tesseract.toString(), "--list-langs")
                            .redirectErrorStream(true);
            var needed = WorkerEnvironment.needed(builder.environment());
            builder.environment().keySet().retainAll(needed.keySet());
            var process = builder.start();
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            var names =
                    said.lines()
                            .skip(1) // "List of available languages"
                            .filter(name -> name.matches("[a-zA-Z_]+") && !name.equals(ORIENTATION))
                            .collect(Collectors.joining("+"));
            return Optional.of(names).filter(found -> !found.isEmpty());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /// Why a document has no passages.
    public String noText(String path) {
        if (!isScan(path)) {
            return "no text in it";
        }
        return reads(path)
                ? "no text in it, and none was recognised"
                : "no text in it; for a scan, install tesseract, which reads pictures";
    }

    /// Changes with what can be read of such a file.
    public String mark(String path) {
        return reads(path) ? "scans" : "";
    }
}
