package dev.sartor.hub.cache;

import dev.sartor.core.SartorException;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/// Finds out by trying whether a cache folder can be written and whether programs in it may run: permissions alone do
/// not say (read-only mounts, noexec mounts, quotas, root).
final class FolderTrial {
    private static final String NEXT =
            "Set SARTOR_CACHE (or the system property sartor.cache) to a folder ";
    private static final int SECONDS = 20;

    /// Runs a program and gives its exit code.
    @FunctionalInterface
    interface Launch {
        int run(Path program) throws IOException, InterruptedException;
    }

    private final Launch launch;

    FolderTrial(Launch launch) {
        this.launch = launch;
    }

    static FolderTrial real() {
        return new FolderTrial(FolderTrial::started);
    }

    void write(Path folder) {
        var probe = folder.resolve(".trial-" + UUID.randomUUID());
        try {
            Files.createDirectories(folder);
            try {
                Files.writeString(probe, "trial");
            } finally {
                Files.deleteIfExists(probe);
            }
        } catch (IOException e) {
            throw SartorException.missing(
                    "the cache folder "
                            + folder
                            + " must be a folder that Sartor may write to, but writing there"
                            + " failed: "
                            + reason(e)
                            + ". "
                            + NEXT
                            + "that you may write to.",
                    e);
        }
    }

    void execute(Path folder) {
        var windows = File.separatorChar == '\\';
        var probe = folder.resolve(".trial-" + UUID.randomUUID() + (windows ? ".cmd" : ".sh"));
        try {
            try {
                Files.write(
                        probe,
                        (windows ? "@exit 0\r\n" : "#!/bin/sh\nexit 0\n")
                                .getBytes(StandardCharsets.US_ASCII));
                if (!windows && !probe.toFile().setExecutable(true, true)) {
                    throw new IOException("a file there cannot be made executable");
                }
                runs(probe);
            } finally {
                Files.deleteIfExists(probe);
            }
        } catch (IOException e) {
            throw refused(folder, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SartorException.missing("stopped while trying the cache folder " + folder, e);
        }
    }

    /// A second try a little later: another thread that starts a process just then makes the script "busy".
    private void runs(Path probe) throws IOException, InterruptedException {
        int code;
        try {
            code = launch.run(probe);
        } catch (IOException e) {
            Thread.sleep(50);
            code = launch.run(probe);
        }
        if (code != 0) {
            throw new IOException("a script there ended with exit code " + code);
        }
    }

    private static int started(Path program) throws IOException, InterruptedException {
        var process =
                new ProcessBuilder(program.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        process.getOutputStream().close();
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("a script there did not end within " + SECONDS + " s");
        }
        return process.exitValue();
    }

    private static SartorException refused(Path folder, IOException cause) {
        return SartorException.missing(
                "the cache folder "
                        + folder
                        + " must be on a disk where programs may run (native libraries are unpacked"
                        + " into it), but running a script there failed: "
                        + reason(cause)
                        + ". The disk may be mounted with noexec. "
                        + NEXT
                        + "on a disk without it.",
                cause);
    }

    private static String reason(IOException e) {
        var message = e.getMessage();
        return e.getClass().getSimpleName() + (message == null ? "" : " (" + message + ")");
    }
}
