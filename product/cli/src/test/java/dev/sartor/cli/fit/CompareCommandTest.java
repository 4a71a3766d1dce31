package dev.sartor.cli.fit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.cli.SmallProject;
import dev.sartor.cli.option.OpenProject;
import dev.sartor.core.file.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareCommandTest {
    @TempDir Path folder;

    @Test
    void aReportThatCannotBeWrittenIsRefusedBeforeAnythingRuns() throws IOException {
        var project = new SmallProject(folder.resolve("desk"));
        AtomicFile.write(folder.resolve("file"), "in the way");
        for (var report :
                List.of(
                        folder.toString(),
                        folder.resolve("file/report.html").toString(),
                        "/proc/none/report.html")) {
            assertThat(project.sartor("compare", "--report", report)).isEqualTo(2);
        }
        assertThat(project.screen.remarks())
                .contains(
                        "--report must name a file that can be written, got "
                                + folder
                                + ": it is a folder. Choose another path; nothing was started.",
                        "file is a file, not a folder",
                        "/proc");
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(2);
        }
        assertThat(project.folder.resolve("runs")).doesNotExist();
    }

    @Test
    void asLongAsOneCommandWritesTheRunsOthersSayWhoDoes() {
        var project = new SmallProject(folder);
        try (var _ = OpenProject.lock(folder, "compare")) {
            for (var args : List.of(List.of("compare"), List.of("tune", "route"))) {
                assertThat(project.sartor(args.toArray(String[]::new))).isEqualTo(2);
            }
        }
        assertThat(project.screen.remarks())
                .contains(
                        "the runs of "
                                + folder
                                + " are being written by sartor compare (process "
                                + ProcessHandle.current().pid());
    }
}
