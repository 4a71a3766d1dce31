package dev.sartor.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.core.SartorException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailuresTest {
    private static final Clock NOON =
            Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);

    @TempDir Path folder;

    private final Screen screen = Screen.file();

    private int report(Throwable failure, boolean debug) {
        var args =
                debug
                        ? List.of("tune", "--debug")
                        : List.of("tune", "--project", "my desk", "it's", "route");
        return new Failures(screen.console(), new DefectLog(folder.resolve("logs"), NOON), args)
                .report(failure);
    }

    @Test
    void aStopThatWasAskedForIs130AndNamesTheCommandThatGoesOn() {
        assertThat(report(SartorException.stopped("Stopped after epoch 2."), false)).isEqualTo(130);
        assertThat(screen.remarks().lines())
                .containsExactly(
                        "Stopped after epoch 2.",
                        "To go on: sartor tune --project 'my desk' 'it'\\''s' route");
    }

    @Test
    void workThatWasCancelledIsAStopToo() {
        assertThat(report(new CancellationException(), false)).isEqualTo(130);
        assertThat(screen.remarks()).startsWith("Stopped; what was finished is kept.\nTo go on: ");
    }

    @Test
    void aUsersMistakeIsItsMessageAndTwo() {
        assertThat(report(SartorException.user("sartor.yaml:14: no"), false)).isEqualTo(2);
        assertThat(screen.remarks()).isEqualTo("sartor.yaml:14: no\n");
    }

    @Test
    void whatIsMissingIsThree() {
        assertThat(report(SartorException.missing("no room"), false)).isEqualTo(3);
        assertThat(screen.remarks()).isEqualTo("no room\n");
    }

    @Test
    void aDefectIsSeventyAndKeepsItsTraceInTheFileThatTheMessageNames() throws IOException {
        assertThat(report(new IllegalStateException("no such row"), false)).isEqualTo(70);
        var file = folder.resolve("logs").resolve("defect-20260301-120000-000.log");
        assertThat(screen.remarks())
                .contains(
                        "a defect in Sartor", "IllegalStateException: no such row", file.toString())
                .doesNotContain("\tat ");
        assertThat(Files.readString(file))
                .contains("\tat dev.sartor.cli.console.FailuresTest", "Java 25");
    }

    @Test
    void aDefectWhoseFileCannotBeWrittenShowsItsTrace() throws IOException {
        Files.writeString(folder.resolve("logs"), "a file stands where the folder would");
        assertThat(report(new IllegalStateException("no such row"), false)).isEqualTo(70);
        assertThat(screen.remarks()).contains("\tat dev.sartor.cli.console.FailuresTest");
    }

    @Test
    void debugShowsTheTraceOfAnyFailure() {
        assertThat(report(SartorException.user("no"), true)).isEqualTo(2);
        assertThat(screen.remarks()).contains("\tat dev.sartor.cli.console.FailuresTest");
    }

    @Test
    void aFullHeapIsSomethingMissingWithTheSettingThatRaisesIt() {
        assertThat(report(new OutOfMemoryError("Java heap space"), false)).isEqualTo(3);
        assertThat(screen.remarks())
                .contains("Java heap space", "SARTOR_JAVA_OPTIONS=-Xmx")
                .hasLineCount(1);
    }

    @Test
    void aNativeAllocationThatFailsIsSomethingMissing() {
        var failure =
                new IllegalStateException(
                        "DefaultCPUAllocator: can't allocate memory: you tried to allocate 9 bytes\nException raised");
        assertThat(report(failure, false)).isEqualTo(3);
        assertThat(screen.remarks())
                .contains("not enough memory", "9 bytes")
                .doesNotContain("Exception raised");
    }

    @Test
    void aNativeLibraryThatDoesNotLoadNamesTheCacheFolder() {
        assertThat(report(new UnsatisfiedLinkError("/x/libtorch.so: failed to map segment"), false))
                .isEqualTo(3);
        assertThat(screen.remarks()).contains("libtorch.so", "SARTOR_CACHE").hasLineCount(1);
    }

    @Test
    void aJvmThatWasStartedWithoutTheVectorApiNamesTheOption() {
        assertThat(report(new NoClassDefFoundError("jdk/incubator/vector/Vector"), false))
                .isEqualTo(3);
        assertThat(screen.remarks())
                .contains("by its script `sartor`", "--add-modules jdk.incubator.vector.");
    }

    @Test
    void anotherLinkageErrorIsADefect() {
        assertThat(report(new NoClassDefFoundError("dev/sartor/Gone"), false)).isEqualTo(70);
    }

    @Test
    void aFileThatCannotBeReadIsNamed() {
        var failure =
                new UncheckedIOException(new java.nio.file.NoSuchFileException("train.jsonl"));
        assertThat(report(failure, false)).isEqualTo(3);
        assertThat(screen.remarks()).isEqualTo("NoSuchFileException: train.jsonl\n");
    }
}
