package dev.sartor.documents.parse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.core.work.Progress;
import dev.sartor.documents.Document;
import dev.sartor.documents.ParseLimits;
import dev.sartor.documents.source.DocumentFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class TikaWorkersTest {
    @TempDir private Path folder;

    private static Set<Long> children() {
        return ProcessHandle.current()
                .children()
                .map(ProcessHandle::pid)
                .collect(Collectors.toSet());
    }

    private Path page(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), "<h1>" + text + "</h1><p>Body.</p>");
    }

    private static void reads(TikaWorkers workers, Path file) {
        assertThat(workers.parse(file, Optional.empty()))
                .isInstanceOfSatisfying(
                        TikaWorker.Outcome.Xhtml.class,
                        xhtml -> assertThat(xhtml.text()).contains("Body."));
    }

    @Test
    void aWorkerThatDiesIsReplacedAndNoneOutlivesItsPool() throws IOException {
        var before = children();
        try (var workers = TikaWorkers.prepare(ParseLimits.usual(), 1)) {
            assertThat(children()).as("started only when needed").isEqualTo(before);
            reads(workers, page("a.html", "A"));
            var worker =
                    ProcessHandle.current()
                            .children()
                            .filter(child -> !before.contains(child.pid()))
                            .findFirst()
                            .orElseThrow();
            worker.destroyForcibly();
            worker.onExit().join();
            reads(workers, page("b.html", "B"));
            assertThat(children()).hasSize(before.size() + 1);
        }
        assertThat(children()).isEqualTo(before);
    }

    /// Surefire sets OMP_WAIT_POLICY; it stands for a key here.
    @EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere there is no /proc")
    @Test
    void aWorkerSeesNoVariableThatItDoesNotNeed() throws IOException {
        assertThat(System.getenv()).containsKey("OMP_WAIT_POLICY");
        var before = children();
        try (var workers = TikaWorkers.prepare(ParseLimits.usual(), 1)) {
            reads(workers, page("a.html", "A"));
            var worker =
                    children().stream()
                            .filter(pid -> !before.contains(pid))
                            .findFirst()
                            .orElseThrow();
            var environment = Files.readString(Path.of("/proc", worker.toString(), "environ"));
            assertThat(environment).contains("PATH=").doesNotContain("OMP_WAIT_POLICY");
            assertThat(environment.split("\0"))
                    .allMatch(each -> each.matches("(?s)(PATH|LANG|LC_|TMPDIR|TZ).*"));
        }
    }

    @Test
    void aVariableWithAQuoteInItReachesTheWorkerAsItIs() throws Exception {
        var java = WorkerEnvironment.java(folder, Map.of("LANG", "it's", "SECRET_KEY", "x"));
        assertThat(Path.of(java))
                .content()
                .contains("exec env -i LANG='it'\\''s' ")
                .doesNotContain("SECRET");
    }

    @Test
    void workersAreReplacedAfterSoManyFiles() throws IOException {
        var before = children();
        try (var workers =
                TikaWorkers.prepare(new ParseLimits(128, Duration.ofSeconds(60), 1), 1)) {
            reads(workers, page("a.html", "A"));
            var first = children();
            reads(workers, page("b.html", "B"));
            assertThat(children()).hasSize(before.size() + 1).isNotEqualTo(first);
        }
    }

    @Test
    void manyFilesAreSharedByTwoWorkersAndKeepTheirOrder() throws IOException {
        for (int i = 10; i < 40; i++) {
            page("p" + i + ".html", "Page " + i);
        }
        var documents = new DocumentFolder(folder, ParseLimits.usual()).read(Progress.silent());
        assertThat(documents.all())
                .extracting(Document::title)
                .containsExactlyElementsOf(
                        IntStream.range(10, 40).mapToObj(i -> "Page " + i).toList());
    }

    @Test
    void theContentDecidesWhereTheNameSaysNothing() throws IOException {
        Files.writeString(folder.resolve("README"), "Plain words.");
        Files.writeString(folder.resolve("letter.rtf"), "{\\rtf1\\ansi Dear customer.\\par}");
        Files.writeString(folder.resolve("prices.csv"), "plan,price\nBasic,3\nTeam,9\n");
        var documents = new DocumentFolder(folder, ParseLimits.usual()).read(Progress.silent());
        assertThat(documents.report().unreadable()).isEmpty();
        assertThat(documents.all())
                .extracting(d -> String.join(" ", d.sections().getFirst().blocks()))
                .containsExactly("Plain words.", "Dear customer.", "plan,price\nBasic,3\nTeam,9");
        assertThat(documents.all().getLast().sections().getFirst().headings()).isEqualTo(List.of());
    }
}
