package dev.sartor.cli.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.cli.Checkout;
import dev.sartor.cli.ErrorsPage;
import dev.sartor.cli.TinyTask;
import dev.sartor.cli.console.Screen;
import dev.sartor.core.Json;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.hub.cache.Caches;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class IndexCommandTest {
    @TempDir private Path folder;
    private Screen screen = Screen.file();

    @BeforeEach
    void shop() {
        write("docs/returns.md", "# Returns\nShoes may be returned for thirty days.");
        write("docs/hr/pay.md", "# Pay\nThe kettle allowance is nine euros.");
        write(
                "access.yaml",
                """
                rules:
                  - paths: "*.md"
                    readers: everyone
                  - paths: hr
                    readers: [group:hr]
                    deny: [user:bob]
                """);
    }

    private void write(String path, String text) {
        AtomicFile.write(folder.resolve(path), text);
    }

    /// Arguments that begin with `@` are paths in the folder.
    private int sartor(Path cache, String... args) {
        screen = Screen.file(cache);
        var all = new ArrayList<String>();
        for (var arg : args) {
            all.add(arg.startsWith("@") ? folder.resolve(arg.substring(1)).toString() : arg);
        }
        return screen.sartor(all.toArray(String[]::new));
    }

    private int sartor(String... args) {
        return sartor(folder.resolve("cache"), args);
    }

    private int index(String... more) {
        var all = new ArrayList<>(List.of("index", "@docs", "--out", "@shelf", "--json"));
        all.addAll(List.of(more));
        return sartor(all.toArray(String[]::new));
    }

    private List<String> found(String... args) {
        var all = new ArrayList<>(List.of("search", "@shelf"));
        all.addAll(List.of(args));
        all.add("--json");
        assertThat(sartor(all.toArray(String[]::new))).as(screen.remarks()).isZero();
        var documents = new ArrayList<String>();
        for (var each : json()) {
            documents.add(each.get("document").asString());
        }
        return documents;
    }

    private JsonNode json() {
        return Json.mapper().readTree(screen.results());
    }

    @Test
    void documentsAreFoundByWhoMayReadThem() {
        assertThat(index("--embedder", "none", "--access", "@access.yaml")).isZero();
        assertThat(json().get("added").asInt()).isEqualTo(2);
        assertThat(found("kettle")).isEmpty();
        assertThat(found("kettle", "--as", "ann", "--groups", "sales,hr"))
                .containsExactly("hr/pay.md");
        assertThat(found("kettle", "--as", "bob", "--groups", "hr")).isEmpty();
        assertThat(found("shoes")).containsExactly("returns.md");
        assertThat(screen.results()).as("ranks, and no scores").doesNotContain("score");

        assertThat(sartor("index", "show", "@shelf", "hr/pay.md")).isZero();
        assertThat(screen.results())
                .contains("hr/pay.md – Pay", "readers  group:hr, and not user:bob", "nine euros");
        assertThat(sartor("index", "stats", "@shelf", "--json")).isZero();
        assertThat(json().get("documents").asInt()).isEqualTo(2);
        assertThat(json().get("chunk_tokens").asInt()).isEqualTo(160);
    }

    @Test
    void whatIsATenantsIsFoundByThatTenantAlone() {
        write("access.yaml", "rules: [{paths: '**', readers: [tenant:acme]}]");
        assertThat(index("--embedder", "none", "--access", "@access.yaml")).isZero();
        assertThat(found("shoes", "--as", "ann")).isEmpty();
        assertThat(found("shoes", "--as", "ann", "--tenant", "globex")).isEmpty();
        assertThat(found("shoes", "--as", "ann", "--tenant", "acme")).containsExactly("returns.md");
    }

    @Test
    void anIndexIsShownAsSomebodySeesIt() {
        write("docs/hr/broken.pdf", "");
        index("--embedder", "none", "--access", "@access.yaml");
        assertThat(sartor("index", "show", "@shelf", "hr/pay.md", "--groups", "hr")).isZero();
        assertThat(screen.results()).contains("nine euros").doesNotContain("readers", "bob");
        assertThat(sartor("index", "show", "@shelf", "hr/pay.md", "--as", "bob", "--groups", "hr"))
                .isEqualTo(2);
        assertThat(screen.remarks())
                .contains("holds no document hr/pay.md.")
                .doesNotContain("mean");
        assertThat(sartor("index", "show", "@shelf", "hr/pya.md", "--as", "ann")).isEqualTo(2);
        assertThat(screen.remarks()).contains("hr/pya.md").doesNotContain("hr/pay.md");
        assertThat(sartor("index", "show", "@shelf", "--all", "--as", "ann", "--json")).isZero();
        assertThat(screen.results()).contains("returns.md").doesNotContain("hr/", "readers");

        assertThat(sartor("index", "stats", "@shelf", "--as", "ann")).isZero();
        assertThat(screen.results().lines())
                .containsExactly("documents   1", "passages    1", "languages   english 1");
        assertThat(sartor("index", "stats", "@shelf", "--groups", "hr", "--json")).isZero();
        assertThat(json().get("documents").asInt()).isEqualTo(2);
        assertThat(json().get("left_out").get(0).get("document").asString())
                .isEqualTo("hr/broken.pdf");
    }

    @Test
    void theNextRunFollowsWhatChangedAndKeepsTheSettings() {
        index("--embedder", "none", "--public", "--chunk-tokens", "64");
        write("docs/returns.md", "# Returns\nBoots may be returned for thirty days.");
        write("docs/broken.pdf", "");
        assertThat(index("--public")).isZero();
        assertThat(json().get("changed").asInt()).isOne();
        assertThat(json().get("unchanged").asInt()).isOne();
        assertThat(json().get("left_out").get(0).get("document").asString())
                .isEqualTo("broken.pdf");
        assertThat(found("boots")).containsExactly("returns.md");
        sartor("index", "stats", "@shelf", "--json");
        assertThat(json().get("chunk_tokens").asInt()).isEqualTo(64);
        assertThat(json().get("embedder").asString()).isEmpty();
        assertThat(json().get("generation").asInt()).isOne();
    }

    @Test
    void conditionsNarrowWhatIsSearchedAndRowsBringFieldsOfTheirOwn() throws IOException {
        write(
                "rows.jsonl",
                """
                {"id": "a", "text": "A kettle of copper", "year": 2019}
                {"id": "b", "text": "A kettle of steel", "year": 2023}
                """);
        var made =
                sartor(
                        "index",
                        "@docs",
                        "@rows.jsonl",
                        "--out",
                        "@shelf",
                        "--embedder",
                        "none",
                        "--public",
                        "--vectors",
                        "int8");
        assertThat(made).as(screen.remarks()).isZero();
        assertThat(found("kettle", "--where", "year>=2020")).containsExactly("rows.jsonl/b");
        assertThat(found("kettle", "--where", "type=md")).containsExactly("docs/hr/pay.md");
        assertThat(found("kettle", "--where", "path=rows.jsonl", "--where", "year!=2023"))
                .containsExactly("rows.jsonl/a");
        for (var wrong : List.of("yaer=2019", "year>2019", "date>=yesterday", "path<=b")) {
            assertThat(sartor("search", "@shelf", "kettle", "--where", wrong)).isEqualTo(2);
            new ErrorsPage().shows(screen.remarks());
        }
        assertThat(sartor("index", "show", "@shelf", "rows.jsonl/a")).isZero();
        assertThat(screen.results()).contains("  year=2019");
        assertThat(sartor("index", "stats", "@shelf", "--json")).isZero();
        assertThat(json().get("vectors").asString()).isEqualTo("int8");
    }

    @Test
    void aCrossEncoderOrALanguageModelReranks() throws IOException {
        index("--embedder", "none", "--public");
        var rerankers = Checkout.file("engine/generate/src/test/resources").resolve("rerankers");
        for (var model : List.of("one-output", "two-outputs", "language-model")) {
            var name = rerankers.resolve(model).toString();
            assertThat(found("kettle shoes", "--rerank", name, "--rerank-weight", "1"))
                    .containsExactlyInAnyOrder("returns.md", "hr/pay.md");
        }
        assertThat(sartor("search", "@shelf", "kettle", "--rerank-depth", "5")).isEqualTo(2);
        new ErrorsPage().shows(screen.remarks());
        var embedder = TinyTask.BERT.toString();
        assertThat(sartor("search", "@shelf", "kettle", "--rerank", embedder)).isEqualTo(2);
        new ErrorsPage().naming(embedder, "all-minilm-l6-v2").shows(screen.remarks());
    }

    @Test
    void theQuestionsWordsAreToldInJsonAndBoldOnATerminal() {
        index("--embedder", "none", "--public");
        found("kettles");
        var marks = json().get(0).get("highlights");
        var text = json().get(0).get("text").asString();
        assertThat(text.substring(marks.get(0).get(0).asInt(), marks.get(0).get(1).asInt()))
                .isEqualTo("kettle");
        var terminal = Screen.coloured(folder.resolve("cache"));
        terminal.sartor("search", folder.resolve("shelf").toString(), "kettles");
        assertThat(terminal.results()).contains("The \u001b[1mkettle\u001b[22m allowance");
        sartor("search", "@shelf", "kettles");
        assertThat(screen.results()).contains("The kettle allowance");
    }

    @Test
    void passagesAreCountedByTheirLanguagesUnlessOneIsNamed() {
        write(
                "docs/versicherung.md",
                "# Schutz\nDie Versicherungen der Kunden und das Haus sind dabei.");
        write("docs/bima.md", "# Bima\nMkataba huu unaweza kusitishwa kwa maandishi.");
        index("--embedder", "none", "--public");
        assertThat(json().get("language_not_told").asInt()).isOne();
        assertThat(found("Versicherung")).containsExactly("versicherung.md");
        assertThat(sartor("index", "stats", "@shelf")).isZero();
        assertThat(screen.results())
                .contains("languages   english 2, any 1, german 1", "words: auto");
        index("--public", "--language", "german");
        assertThat(sartor("index", "stats", "@shelf", "--json")).isZero();
        assertThat(json().get("language").asString()).isEqualTo("german");
        assertThat(json().get("generation").asInt()).isEqualTo(2);
        assertThat(json().has("languages")).isFalse();
        assertThat(index("--public", "--language", "klingon")).isEqualTo(2);
    }

    @Test
    void mistakesAreToldWithTheNextStep() {
        assertThat(sartor("search", "@none", "kettle")).isEqualTo(2);
        assertThat(screen.remarks()).contains("is not an index: make one with `sartor index");
        assertThat(sartor("index", "@none", "--out", "@shelf", "--embedder", "none")).isEqualTo(2);
        assertThat(screen.remarks()).contains("must be a folder of documents");
        assertThat(sartor("index", "@docs")).isEqualTo(2);
        assertThat(screen.remarks()).contains("--out");
        index("--embedder", "none", "--public");
        assertThat(sartor("index", "show", "@shelf", "hr/pya.md")).isEqualTo(2);
        assertThat(screen.remarks()).contains("holds no document hr/pya.md", "hr/pay.md");
        assertThat(sartor("search", "@shelf", "kettle", "--mode", "vector")).isEqualTo(2);
        assertThat(screen.remarks()).contains("without an embedder");
        assertThat(sartor("search", "@shelf", "kettle", "--mmr-lambda", "0.7")).isEqualTo(2);
        assertThat(screen.remarks()).contains("made without an embedder: leave out --mmr-lambda");
        assertThat(sartor("search", "kettle", "--as", "ann", "--project", "@docs")).isEqualTo(2);
        assertThat(Files.exists(folder.resolve("shelf/current"))).isTrue();
    }

    @Tag("models")
    @Test
    void passagesAreFoundByMeaning() {
        var cache = Caches.standard().root();
        assertThat(sartor(cache, "index", "@docs", "--out", "@shelf", "--public"))
                .as(screen.remarks())
                .isZero();
        assertThat(
                        sartor(
                                cache,
                                "search",
                                "@shelf",
                                "sending back footwear",
                                "--mode",
                                "vector",
                                "-k",
                                "1",
                                "--json"))
                .isZero();
        assertThat(json().get(0).get("document").asString()).isEqualTo("returns.md");
    }
}
