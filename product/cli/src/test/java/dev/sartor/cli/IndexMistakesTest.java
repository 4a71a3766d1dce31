package dev.sartor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.cli.console.Screen;
import dev.sartor.core.Json;
import dev.sartor.core.file.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// What somebody who makes a first index gets wrong, and what is said to it.
class IndexMistakesTest {
    @TempDir private Path folder;
    private Screen screen = Screen.file();

    @BeforeEach
    void shop() {
        write("docs/returns.md", "# Returns\nShoes may be returned for thirty days.");
        write("docs/hr/pay.md", "# Pay\nThe kettle allowance is nine euros.");
    }

    private void write(String path, String text) {
        AtomicFile.write(folder.resolve(path), text);
    }

    /// Arguments that begin with `@` are paths in the folder.
    private int sartor(String... args) {
        screen = Screen.file(folder.resolve("cache"));
        var all = new ArrayList<String>();
        for (var arg : args) {
            all.add(arg.startsWith("@") ? folder.resolve(arg.substring(1)).toString() : arg);
        }
        return screen.sartor(all.toArray(String[]::new));
    }

    private int index(String... more) {
        var all = new ArrayList<>(List.of("index", "@docs", "--out", "@shelf"));
        all.addAll(List.of("--embedder", "none"));
        all.addAll(List.of(more));
        return sartor(all.toArray(String[]::new));
    }

    private JsonNode json() {
        return Json.mapper().readTree(screen.results());
    }

    private List<String> files(String path) throws IOException {
        try (Stream<Path> all = Files.walk(folder.resolve(path))) {
            return all.map(each -> folder.relativize(each).toString()).sorted().toList();
        }
    }

    @Test
    void anIndexThatNobodyMayReadSaysSoAndWhatMakesItReadable() {
        assertThat(index()).isZero();
        assertThat(screen.results())
                .contains("readable by everyone: 0 of 2, by nobody: 2", "--public", "--access");
        assertThat(index("--json")).isZero();
        assertThat(json().get("documents").asInt()).isEqualTo(2);
        assertThat(json().get("for_everyone").asInt()).isZero();
        assertThat(json().get("for_nobody").asInt()).isEqualTo(2);
        assertThat(json().get("next").asString()).contains("--public", "--access");

        assertThat(sartor("index", "stats", "@shelf")).isZero();
        assertThat(screen.results()).contains("readable by everyone: 0 of 2", "--public");
        assertThat(sartor("index", "stats", "@shelf", "--json")).isZero();
        assertThat(json().get("for_everyone").asInt()).isZero();
        assertThat(json().get("next").asString()).contains("--public");

        assertThat(index("--public")).isZero();
        assertThat(screen.results())
                .contains("readable by everyone: 2 of 2")
                .doesNotContain("nobody", "--public");
        assertThat(index("--public", "--json")).isZero();
        assertThat(json().has("next")).isFalse();
    }

    @Test
    void aRuleThatIsAboutNoDocumentIsNamedWithItsLine() {
        write(
                "access.yaml",
                """
                # who may read
                rules:
                  - paths: "*.md"
                    readers: everyone
                  - paths: [hr2, human-resources]
                    readers: [group:hr]
                  - paths: hr
                    readers: [group:hr]
                """);
        write("docs/leave.md.access.yaml", "readers: everyone");
        write("docs/empty/.access.yaml", "readers: everyone");
        write("docs/hr/.access.yaml", "deny: [user:bob]");
        assertThat(index("--access", "@access.yaml")).isZero();
        assertThat(screen.results())
                .contains(
                        "access.yaml:5: rule 2 (hr2, human-resources) is about no document",
                        "leave.md.access.yaml:1: is about no document",
                        "empty/.access.yaml:1: is about no document")
                .doesNotContain("rule 1", "rule 3", "hr/.access.yaml");
        assertThat(index("--access", "@access.yaml", "--json")).isZero();
        assertThat(json().get("rules_without_documents")).hasSize(3);
    }

    @Test
    void aRuleForOneOfSeveralSourcesIsAboutItsDocuments() {
        write("more/plan.md", "# Plan\nA second shop opens.");
        write(
                "access.yaml",
                """
                rules:
                  - paths: docs
                    readers: everyone
                  - {paths: more, readers: everyone}
                  - {paths: plan.md, readers: everyone}
                """);
        assertThat(
                        sartor(
                                "index",
                                "@docs",
                                "@more",
                                "--out",
                                "@shelf",
                                "--embedder",
                                "none",
                                "--access",
                                "@access.yaml"))
                .isZero();
        assertThat(screen.results())
                .contains("access.yaml:5: rule 3 (plan.md) is about no document")
                .doesNotContain("rule 1", "rule 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"@docs", "@docs/shelf", "@project", "@"})
    void anIndexIsNotWrittenAmongTheDocumentsOrOverAnotherFolder(String out) throws IOException {
        write("project/sartor.yaml", "name: desk");
        var before = files("");
        assertThat(sartor("index", "@docs", "--out", out, "--embedder", "none", "--public"))
                .isEqualTo(2);
        assertThat(screen.remarks()).contains("--out must be", "got", ": ");
        assertThat(files("")).containsAll(before).noneMatch(path -> path.endsWith("lock"));
    }

    @Test
    void aLinkToTheDocumentsIsTheDocuments() throws IOException {
        Files.createSymbolicLink(folder.resolve("link"), folder.resolve("docs"));
        assertThat(sartor("index", "@docs", "--out", "@link/shelf", "--embedder", "none"))
                .isEqualTo(2);
        assertThat(Files.exists(folder.resolve("docs/shelf"))).isFalse();
    }

    @Test
    void anEmptyFolderAndAnIndexThatStandsAreWrittenInto() throws IOException {
        Files.createDirectory(folder.resolve("shelf"));
        assertThat(index("--public")).isZero();
        assertThat(index("--public")).isZero();
        Files.delete(folder.resolve("shelf/lock"));
        assertThat(index("--public")).as("a copy without its lock").isZero();
    }

    @Test
    void documentsInAFolderCalledGenerationsAreDocuments() {
        write("docs/generations/first.md", "# First\nThe first lamp was of brass.");
        assertThat(index("--public", "--json")).isZero();
        assertThat(json().get("added").asInt()).isEqualTo(3);
        write("docs/old/generations/1/segments", "");
        write("docs/old/lock", "");
        assertThat(index("--public", "--json")).isZero();
        assertThat(json().get("added").asInt()).as("an index among them is none").isZero();
    }

    @Test
    void anEmptyIndexSaysThatItHoldsNoPassages() throws IOException {
        Files.createDirectory(folder.resolve("nothing"));
        assertThat(sartor("index", "@nothing", "--out", "@shelf", "--embedder", "none", "--public"))
                .isZero();
        assertThat(sartor("search", "@shelf", "kettle")).isEqualTo(2);
        assertThat(screen.remarks())
                .contains("holds no passages: add documents with `sartor index");
        for (var command : List.of("chat", "serve")) {
            assertThat(sartor(command, "--model", "@no-model", "--index", "@shelf")).isEqualTo(2);
            assertThat(screen.remarks())
                    .contains("holds no passages: add documents with `sartor index");
        }
        assertThat(sartor("search", "@shelf", "kettle", "--as", "ann"))
                .as("as of one that holds nothing for her")
                .isZero();
        assertThat(screen.results()).contains("Nothing was found.");
    }

    @Test
    void whoMayReadNothingIsToldSoAlikeWhetherThereIsSomethingOrNot() {
        index();
        assertThat(sartor("search", "@shelf", "kettle", "--as", "ann")).isZero();
        assertThat(screen.results()).contains("Nothing was found.");
        assertThat(screen.remarks()).contains("may read no passage of ", "--access");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1001", "2147483647"})
    void aNumberOfPassagesOutsideItsBoundsIsRefused(String k) {
        index("--public");
        assertThat(sartor("search", "@shelf", "kettle", "-k", k)).isEqualTo(2);
        assertThat(screen.remarks()).contains("-k must be 1 to 1000, got " + k + ": ");
        assertThat(sartor("search", "kettle", "--k", k, "--project", "@none")).isEqualTo(2);
        assertThat(screen.remarks()).contains("-k must be 1 to 1000, got " + k + ": ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \t\u00a0\u2003"})
    void aQueryWithoutAWordIsRefused(String query) {
        index("--public");
        assertThat(sartor("search", "@shelf", query)).isEqualTo(2);
        assertThat(screen.remarks()).contains("QUERY must be ", "got ");
        assertThat(sartor("search", query, "--project", "@none")).isEqualTo(2);
        assertThat(screen.remarks()).contains("QUERY must be ");
    }

    @Test
    void aQueryThatIsABookIsRefused() {
        index("--public");
        assertThat(sartor("search", "@shelf", "kettle ".repeat(20_000))).isEqualTo(2);
        assertThat(screen.remarks()).contains("QUERY must be ", "got 140000 characters");
    }

    @Test
    void aChatIsAskedSomethingAndMayAnswerWithSomeTokens() throws IOException {
        for (var option : List.of("--ask= ", "--max-answer-tokens=0")) {
            assertThat(sartor("chat", "--model", "@no-model", option)).isEqualTo(2);
            assertThat(screen.remarks())
                    .startsWith(option.substring(0, option.indexOf('=')) + " must be ");
            new ErrorsPage().shows(screen.remarks());
        }
        assertThat(sartor("chat", "--model", "@no-model", "--max-answer-tokens", "1000001"))
                .isEqualTo(2);
    }

    @Test
    void aBlankQuestionOfAFileIsNamedWithItsId() {
        index("--public");
        write(
                "q.jsonl",
                "{\"_id\": \"a\", \"text\": \"kettle\"}\n{\"_id\": \"b\", \"text\": \" \"}\n");
        assertThat(sartor("search", "@shelf", "--queries", "@q.jsonl", "--trec", "@run.trec"))
                .isEqualTo(2);
        assertThat(screen.remarks()).contains("q.jsonl", "b");
        assertThat(Files.exists(folder.resolve("run.trec"))).isFalse();
    }

    @Test
    void theLinesStandInTheDocs() throws IOException {
        write("project/sartor.yaml", "name: desk");
        var page = new ErrorsPage().naming(folder + "/", "");
        for (var out : List.of("@docs", "@docs/shelf", "@project")) {
            sartor("index", "@docs", "--out", out);
            page.shows(screen.remarks());
        }
        index("--public");
        sartor("search", "@shelf", "notice", "-k", "0");
        page.shows(screen.remarks());
        sartor("search", "@shelf", " ");
        page.shows(screen.remarks());
        sartor("index", "@project", "--out", "@empty", "--embedder", "none", "--include", "*.md");
        sartor("search", "@empty", "notice");
        page.shows(screen.remarks());
    }
}
