package dev.sartor.cli.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.cli.Checkout;
import dev.sartor.cli.ErrorsPage;
import dev.sartor.cli.console.Screen;
import dev.sartor.core.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What Sartor 0.1 wrote lies in the tests' resources: a project with a run, and an index.
class UpgradeCommandTest {
    private static final Path SAMPLE =
            Checkout.file("product/cli/src/test/resources/written-by-0.1");

    @TempDir Path folder;

    private Screen screen = Screen.file();

    @BeforeEach
    void aCopy() throws IOException {
        screen = Screen.file(folder.resolve("cache"));
        try (var files = Files.walk(SAMPLE)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var target = folder.resolve("work").resolve(SAMPLE.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
    }

    private int check(String... more) {
        var args = new java.util.ArrayList<>(java.util.List.of("upgrade", "--check"));
        args.add(folder.resolve("work").toString());
        args.addAll(java.util.List.of(more));
        return screen.sartor(args.toArray(String[]::new));
    }

    @Test
    void whatTheVersionBeforeWroteIsRead() {
        assertThat(check("--json")).as(screen.remarks()).isZero();
        var json = Json.mapper().readTree(screen.results());
        assertThat(json.get("read").asBoolean()).isTrue();
        assertThat(json.get("found"))
                .extracting(each ->
                        each.get("kind").asString() + " by " + each.get("written_by").asString())
                .containsExactlyInAnyOrder(
                        "project by 0.1.0-SNAPSHOT", "run by 0.1.0-SNAPSHOT", "index by format 2");
    }

    @Test
    void theStoredIndexIsSearchedAndTheStoredRunIsShown() {
        var work = folder.resolve("work");
        assertThat(screen.sartor("search", work.resolve("shelf").toString(), "notice", "--json"))
                .as(screen.remarks())
                .isZero();
        assertThat(screen.results()).contains("21 days");
        assertThat(
                        screen.sartor(
                                "runs",
                                "show",
                                "route/tfidf",
                                "--project",
                                work.resolve("desk").toString()))
                .as(screen.remarks())
                .isZero();
    }

    @Test
    void aRunOfAnotherVersionIsNamedAndHidesNothing() throws IOException {
        var run = folder.resolve("work/desk/runs/route-tfidf-37e440b1/run.json");
        Files.writeString(run, Files.readString(run).replace("\"recipe\"", "\"recipe_of_2_0\""));
        assertThat(check()).isEqualTo(1);
        assertThat(screen.results())
                .contains("is damaged or from another version of Sartor")
                .contains("project  desk", "index    shelf");
    }

    @Test
    void anIndexThatIsCutOffIsNamed() throws IOException {
        var segment = folder.resolve("work/shelf/generations/1/segments_2");
        Files.write(segment, java.util.Arrays.copyOf(Files.readAllBytes(segment), 40));
        assertThat(check()).isEqualTo(1);
        assertThat(screen.results()).contains("index    shelf", "no: ");
    }

    @Test
    void moreThanCanBeLookedThroughIsRefusedNotCutShort() {
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> Stocktaking.below(folder, 3))
                .hasMessageContaining("at most 3 files and folders");
    }

    @Test
    void whoGivesNoCheckIsToldHowToUpgrade() throws IOException {
        assertThat(screen.sartor("upgrade")).isEqualTo(2);
        assertThat(screen.remarks()).contains("sartor upgrade --check FOLDER");
        new ErrorsPage().shows(screen.remarks());
    }
}
