package dev.sartor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// The script `sartor` in a bundle: the runtime beside it, no JDK looked for, nothing built.
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "bundles are made on Linux")
class BundleLauncherTest {
    @TempDir Path machine;

    private FreshClone clone;
    private Path bundle = Path.of("");
    private Path record = Path.of("");

    @BeforeEach
    void aBundle() throws IOException {
        clone = FreshClone.at(machine);
        bundle = machine.resolve("clone");
        record = machine.resolve("started");
        Files.createDirectories(bundle.resolve("lib"));
        Files.createDirectories(bundle.resolve("runtime/bin"));
        Files.writeString(bundle.resolve("lib/sartor.options"), "-Xmx1g\n");
        Files.writeString(bundle.resolve("lib/sartor.libraries"), "lib/a.jar:lib/b.jar\n");
        var java = bundle.resolve("runtime/bin/java");
        Files.writeString(java, "#!/bin/sh\nprintf '%s\\n' \"$@\" >'" + record + "'\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        clone.with("SARTOR_LOADERS", bundle.resolve("sartor").toString());
    }

    @Test
    void itStartsItsOwnRuntimeWithItsOwnLibraries() throws Exception {
        var end = clone.start("version");
        assertThat(end.lines()).isEmpty();
        assertThat(end.code()).isZero();
        var root = bundle.toRealPath();
        assertThat(Files.readAllLines(record))
                .startsWith("@" + root + "/lib/sartor.options", "-cp")
                .contains(
                        root + "/lib/sartor.jar:" + root + "/lib/a.jar:" + root + "/lib/b.jar",
                        "-XX:SharedArchiveFile=" + root + "/lib/sartor.jsa",
                        "-Dsartor.light=true")
                .noneMatch(word -> word.contains("AOTCache"));
    }

    @Test
    void aServersArchiveOfClassesLiesInTheCache() throws Exception {
        assertThat(clone.start("serve").code()).isZero();
        assertThat(Files.readAllLines(record))
                .contains(
                        "-XX:+AutoCreateSharedArchive",
                        "-XX:SharedArchiveFile=" + machine.resolve("cache") + "/sartor-serve.jsa");
    }

    @Test
    void withoutGlibcItSaysWhereItRuns() throws Exception {
        var end = clone.with("SARTOR_LOADERS", "/nowhere/ld.so").start("version");
        assertThat(end.code()).isEqualTo(3);
        assertThat(end.line()).startsWith("sartor: this bundle is built for systems with glibc");
        new ErrorsPage().shows(end.line());
        assertThat(record).doesNotExist();
    }

    @Test
    void theTestsAreInTheSources() throws Exception {
        var end = clone.start("test");
        assertThat(end.code()).isEqualTo(3);
        new ErrorsPage().shows(end.line());
    }
}
