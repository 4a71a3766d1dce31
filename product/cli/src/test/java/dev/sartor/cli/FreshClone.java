package dev.sartor.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A clone that was never built, on a machine that has a shell and its usual programs, but neither Java nor Maven unless
/// a test puts them there.
final class FreshClone {
    private static final List<String> PROGRAMS =
            List.of(
                    "awk",
                    "basename",
                    "cat",
                    "dirname",
                    "expr",
                    "find",
                    "grep",
                    "head",
                    "ls",
                    "mkdir",
                    "mv",
                    "readlink",
                    "rm",
                    "sed",
                    "sh",
                    "sleep",
                    "stty",
                    "tail",
                    "tee",
                    "touch",
                    "tr",
                    "uname");

    private final Path root;
    private final Path programs;
    private final Map<String, String> environment = new LinkedHashMap<>();

    private FreshClone(Path root, Path programs) {
        this.root = root;
        this.programs = programs;
    }

    /// How a start ended.
    ///
    /// @param out what it printed
    /// @param lines what it said on the error output
    public record End(int code, String out, List<String> lines) {
        String line() {
            if (lines.size() != 1) {
                throw new AssertionError("one line was wanted: " + lines);
            }
            return lines.getFirst();
        }
    }

    static FreshClone at(Path machine) throws IOException {
        var clone =
                new FreshClone(
                        Files.createDirectories(machine.resolve("clone")),
                        Files.createDirectories(machine.resolve("bin")));
        try (var poms = Files.find(Checkout.root(), 3, (file, _) -> file.endsWith("pom.xml"))) {
            for (var pom : poms.toList()) {
                clone.copy(Checkout.root().relativize(pom).toString());
            }
        }
        for (var file : List.of("sartor", ".mvn/jvm.config")) {
            clone.copy(file);
        }
        for (var program : PROGRAMS) {
            for (var folder : List.of("/usr/bin", "/bin")) {
                var file = Path.of(folder, program);
                if (Files.exists(file) && !Files.exists(clone.programs.resolve(program))) {
                    Files.createSymbolicLink(clone.programs.resolve(program), file);
                }
            }
        }
        return clone.with("PATH", clone.programs.toString())
                .with("SARTOR_JVM_FOLDERS", "")
                .with("SARTOR_CACHE", machine.resolve("cache").toString());
    }

    private void copy(String file) throws IOException {
        var target = root.resolve(file);
        Files.createDirectories(target.getParent());
        Files.copy(Checkout.file(file), target);
    }

    FreshClone with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    FreshClone withThisJdk() {
        return with("SARTOR_JAVA_HOME", System.getProperty("java.home"));
    }

    /// Puts a program on the PATH.
    void program(String name, String script) throws IOException {
        executable(programs.resolve(name), "#!/bin/sh\n" + script + "\n");
    }

    /// The home of a JDK that only says its version.
    Path fakeJdk(String version) throws IOException {
        var home = Files.createDirectories(root.resolveSibling("jdk-" + version));
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
        for (var program : List.of("java", "javac")) {
            executable(home.resolve("bin").resolve(program), "#!/bin/sh\nexit 1\n");
        }
        return home;
    }

    /// The home of a JDK 25 that writes what it is started with into a file.
    Path recordingJdk(Path record) throws IOException {
        var home = fakeJdk("25");
        executable(
                home.resolve("bin/java"), "#!/bin/sh\nprintf '%s\\n' \"$@\" >'" + record + "'\n");
        return home;
    }

    /// As if Maven had just built what this test runs with.
    FreshClone built() throws IOException {
        var target = Files.createDirectories(root.resolve("product/cli/target"));
        var lib = Files.createDirectories(target.resolve("lib"));
        var list = new ArrayList<String>();
        for (var entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            var name = list.isEmpty() ? "sartor.jar" : list.size() + ".jar";
            Files.createSymbolicLink(lib.resolve(name), Path.of(entry).toAbsolutePath());
            list.add("lib/" + name);
        }
        Files.writeString(
                target.resolve("sartor.libraries"),
                String.join(":", list.subList(1, list.size())) + "\n");
        program("mvn", "echo 'Apache Maven 3.9.9'");
        return this;
    }

    private static void executable(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    End start(String... arguments) throws IOException, InterruptedException {
        var errors = root.resolveSibling("errors");
        var results = root.resolveSibling("results");
        var builder =
                new ProcessBuilder(
                                Stream.concat(
                                                Stream.of("/bin/sh", root + "/sartor"),
                                                Stream.of(arguments))
                                        .toList())
                        .redirectError(errors.toFile())
                        .redirectOutput(results.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        var process = builder.start();
        process.getOutputStream().close();
        if (!process.waitFor(4, TimeUnit.MINUTES)) {
            process.destroy();
            throw new AssertionError("the launcher did not end: " + Files.readString(errors));
        }
        return new End(process.exitValue(), Files.readString(results), Files.readAllLines(errors));
    }
}
