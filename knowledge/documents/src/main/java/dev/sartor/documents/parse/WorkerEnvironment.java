package dev.sartor.documents.parse;

import dev.sartor.core.SartorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The environment of the processes that read what others wrote. A file that takes one over shall find no key there, so they
/// get the few variables that they need, and no other.
final class WorkerEnvironment {
    private static final Pattern NEEDED =
            Pattern.compile(
                    "PATH|LANG|LANGUAGE|LC_[A-Z]+|TMPDIR|TZ|TESSDATA_PREFIX|OMP_THREAD_LIMIT");

    private WorkerEnvironment() {}

    /// Tika starts a worker by a program's path and hands this process's environment on, so the path is a script's that
    /// starts Java with the needed variables alone. On Windows, where there is no such script, it is Java's.
    static String java(Path folder, Map<String, String> variables) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        if (System.getProperty("os.name", "").startsWith("Windows")) {
            return java;
        }
        var script = folder.resolve("java");
        var kept =
                needed(variables).entrySet().stream()
                        .map(each -> each.getKey() + "=" + quoted(each.getValue()))
                        .collect(Collectors.joining(" "));
        Files.writeString(
                script, "#!/bin/sh\nexec env -i " + kept + " " + quoted(java) + " \"$@\"\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        if (!Files.isExecutable(script)) {
            throw SartorException.missing(
                    "cannot start the document parser from "
                            + folder
                            + ": its disk does not let programs run (mounted noexec). Set SARTOR_CACHE to a"
                            + " folder on another disk.");
        }
        return script.toString();
    }

    static Map<String, String> needed(Map<String, String> variables) {
        var needed = new TreeMap<>(variables);
        needed.keySet().removeIf(name -> !NEEDED.matcher(name).matches());
        return needed;
    }

    /// For the shell.
    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
