package dev.sartor.retrieve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.Json;
import dev.sartor.core.Principal;
import dev.sartor.core.SartorException;
import dev.sartor.core.work.Cancellation;
import dev.sartor.core.work.Progress;
import dev.sartor.data.DocumentColumns;
import dev.sartor.documents.ParseLimits;
import dev.sartor.documents.access.AccessManifest;
import dev.sartor.documents.access.AccessPolicy;
import dev.sartor.documents.source.DocumentFolder;
import dev.sartor.documents.source.DocumentSources;
import dev.sartor.retrieve.index.Embedding;
import dev.sartor.retrieve.index.IndexReport;
import dev.sartor.retrieve.index.IndexStorage;
import dev.sartor.retrieve.index.Indexer;
import dev.sartor.retrieve.index.PersistentIndex;
import dev.sartor.retrieve.search.IndexSettings;
import dev.sartor.retrieve.search.PassageIndex;
import dev.sartor.retrieve.search.SearchSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What conditions on documents let through, wherever the index is kept.
public abstract class ConditionsContract {
    private static final Principal ANN = new Principal(Set.of("user:ann"));
    private static final Principal BEN = new Principal(Set.of("user:ben"));

    @TempDir protected Path root;

    /// Where the index is kept; empty at the beginning of each test.
    protected abstract IndexStorage index();

    private final HashedWords embedder = HashedWords.usual();

    private void write(String path, String text, String changed) throws IOException {
        var file = root.resolve(path);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, text);
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse(changed)));
    }

    private IndexReport run(AccessPolicy access, String source) {
        var shelves =
                new DocumentSources(
                        List.of(), DocumentColumns.usual(), access, ParseLimits.usual());
        var embedding = new Embedding("hashed-words", "d1", () -> embedder);
        try (var indexer =
                        Indexer.open(index(), embedding, IndexSettings.usual(), Clock.systemUTC());
                var shelf = shelves.open(List.of(root.resolve(source)))) {
            return indexer.run(shelf, false, Progress.silent(), new Cancellation());
        }
    }

    private Set<String> found(Principal principal, SearchMode mode, String... where) {
        try (var open = open()) {
            return found(open, principal, mode, where);
        }
    }

    private PersistentIndex open() {
        return PersistentIndex.open(index(), _ -> embedder);
    }

    private static Set<String> found(
            PersistentIndex open, Principal principal, SearchMode mode, String... where) {
        var settings = SearchSettings.of(mode).where(Conditions.parsed(List.of(where)));
        var found = new TreeSet<String>();
        open.search("kettle", 100, principal, settings)
                .forEach(finding -> {
                    found.add(finding.passage().document());
                    found.addAll(finding.alsoIn());
                });
        return found;
    }

    private void shop() throws IOException {
        write("docs/hr/pay.md", "The kettle allowance.", "2025-03-04T23:59:59Z");
        write("docs/hr/deep/Plan.TXT", "The kettle plan.", "2025-03-05T00:00:00Z");
        write("docs/hrx.md", "The kettle of hrx.", "2024-12-31T12:00:00Z");
        write("docs/notes", "A note on the kettle.", "2020-01-01T00:00:00Z");
        run(AccessPolicy.everyone(), "docs");
    }

    @ParameterizedTest
    @EnumSource
    void filesAreFoundByTypeDayAndPath(SearchMode mode) throws IOException {
        shop();
        assertThat(found(ANN, mode, "type=MD")).containsExactly("hr/pay.md", "hrx.md");
        assertThat(found(ANN, mode, "type=.txt")).containsExactly("hr/deep/Plan.TXT");
        assertThat(found(ANN, mode, "type!=md")).containsExactly("hr/deep/Plan.TXT", "notes");
        assertThat(found(ANN, mode, "date>=2025-03-05")).containsExactly("hr/deep/Plan.TXT");
        assertThat(found(ANN, mode, "date<=2025-03-04"))
                .containsExactly("hr/pay.md", "hrx.md", "notes");
        assertThat(found(ANN, mode, "date>=2024", "date<=2024-12")).containsExactly("hrx.md");
        assertThat(found(ANN, mode, "date=2025-03"))
                .containsExactly("hr/deep/Plan.TXT", "hr/pay.md");
        assertThat(found(ANN, mode, "path=hr")).containsExactly("hr/deep/Plan.TXT", "hr/pay.md");
        assertThat(found(ANN, mode, "path=hr/")).hasSize(2);
        assertThat(found(ANN, mode, "path!=hr")).containsExactly("hrx.md", "notes");
        assertThat(found(ANN, mode, "path=**/*.md")).containsExactly("hr/pay.md", "hrx.md");
        assertThat(found(ANN, mode, "path=*.md")).containsExactly("hrx.md");
        assertThat(found(ANN, mode, "path=hr/*.md", "type=txt")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void rowsAreFoundByTheirOtherFields(SearchMode mode) throws IOException {
        write(
                "rows.jsonl",
                """
                {"id": "a", "text": "one kettle", "year": 1999, "tags": ["red", "big"], "price": -2.5}
                {"id": "b", "text": "two kettle", "year": "2021", "tags": "red", "price": 10, "note": null}
                {"id": "c", "text": "three kettle", "metadata": {"year": 2022, "seen": "2022-05-06T07:08:09+02:00"}}
                {"id": "d", "text": "four kettle", "name": "x=y", "long": "%s", "price": 9}
                """
                        .formatted("z".repeat(300)),
                "2020-01-01T00:00:00Z");
        run(AccessPolicy.everyone(), "rows.jsonl");
        assertThat(found(ANN, mode, "year>=2000")).containsExactly("b", "c");
        assertThat(found(ANN, mode, "year=2021.0")).containsExactly("b");
        assertThat(found(ANN, mode, "tags=red", "tags=big")).containsExactly("a");
        assertThat(found(ANN, mode, "tags!=red")).containsExactly("c", "d");
        assertThat(found(ANN, mode, "price<=9.5")).containsExactly("a", "d");
        assertThat(found(ANN, mode, "price>=-2.4")).containsExactly("b", "d");
        assertThat(found(ANN, mode, "seen>=2022-05-06T05:08:09Z")).containsExactly("c");
        assertThat(found(ANN, mode, "seen<=2022-05-06T05:08:08Z")).isEmpty();
        assertThat(found(ANN, mode, "name = x=y")).containsExactly("d");
        assertThat(found(ANN, mode, "path=b")).containsExactly("b");
        assertThatThrownBy(() -> found(ANN, mode, "long=z")).hasMessageContaining("'long'");
        assertThatThrownBy(() -> found(ANN, mode, "text=z")).hasMessageContaining("'text'");
    }

    /// Documents `d0` to `d39`, each with a number, a colour and a rule of its own, against what a judge here says.
    @ParameterizedTest
    @EnumSource
    void shownIsWhatTheConditionHoldsForOfWhatTheAskerMayRead(SearchMode mode) throws IOException {
        var random = new SplittableRandom(3);
        var rows = new StringBuilder();
        var rules = new StringBuilder("rules:\n");
        record Row(String id, int number, String colour, int rule) {}
        var all = new ArrayList<Row>();
        for (int i = 0; i < 40; i++) {
            var row =
                    new Row(
                            "d" + i,
                            random.nextInt(5),
                            List.of("red", "blue").get(random.nextInt(2)),
                            random.nextInt(4));
            all.add(row);
            rows.append(
                            Json.line(
                                    Map.of(
                                            "id", row.id(),
                                            "text", "kettle number" + i,
                                            "number", row.number(),
                                            "colour", row.colour())))
                    .append('\n');
            var readers =
                    List.of("everyone", "[user:ann]", "[user:ben]", "[user:ann, user:ben]")
                            .get(row.rule());
            rules.append("  - {paths: %s, readers: %s}\n".formatted(row.id(), readers));
        }
        write("rows.jsonl", rows.toString(), "2020-01-01T00:00:00Z");
        write("access.yaml", rules.toString(), "2020-01-01T00:00:00Z");
        var manifest = AccessManifest.read(root.resolve("access.yaml"));
        run(new AccessPolicy(Optional.of(manifest), false, false, ""), "rows.jsonl");
        Map<String, Predicate<Row>> conditions =
                Map.of(
                        "number>=3", row -> row.number() >= 3,
                        "number<=0", row -> row.number() <= 0,
                        "number!=2", row -> row.number() != 2,
                        "colour=red", row -> row.colour().equals("red"),
                        "colour!=red", row -> !row.colour().equals("red"),
                        "path=d1*", row -> row.id().startsWith("d1"));
        Map<Principal, Set<Integer>> readable = Map.of(ANN, Set.of(0, 1, 3), BEN, Set.of(0, 2, 3));
        try (var open = open()) {
            readable.forEach((principal, rulesOf) ->
                    conditions.forEach((one, holdsOne) ->
                            conditions.forEach((two, holdsTwo) -> {
                                var expected = new TreeSet<String>();
                                all.stream()
                                        .filter(row -> rulesOf.contains(row.rule()))
                                        .filter(holdsOne.and(holdsTwo))
                                        .forEach(row -> expected.add(row.id()));
                                assertThat(found(open, principal, mode, one, two))
                                        .as(one + " and " + two)
                                        .isEqualTo(expected);
                            })));
        }
    }

    @Test
    void aFieldOfDocumentsThatTheAskerMayNotReadIsAsUnknownAsOneThatIsNowhere() throws IOException {
        write(
                "rows.jsonl",
                """
                {"id": "open", "text": "kettle", "colour": "red"}
                {"id": "shut", "text": "kettle", "salary": "9", "salaries": "9"}
                """,
                "2020-01-01T00:00:00Z");
        write(
                "access.yaml",
                "rules: [{paths: open, readers: everyone}, {paths: shut, readers: [user:ann]}]",
                "2020-01-01T00:00:00Z");
        var manifest = AccessManifest.read(root.resolve("access.yaml"));
        run(new AccessPolicy(Optional.of(manifest), false, false, ""), "rows.jsonl");
        assertThat(found(ANN, SearchMode.BM25, "salary=9")).containsExactly("shut");
        var hidden = message(BEN, "salary=9");
        var nowhere = message(BEN, "solary=9");
        assertThat(hidden)
                .isEqualTo(
                        "--where names the field 'salary', which no document that you may read has."
                                + " Known are colour, date, path, type.")
                .isEqualTo(nowhere.replace("solary", "salary"));
        assertThat(message(BEN, "color=red")).endsWith(" Did you mean 'colour'?");
        assertThat(found(BEN, SearchMode.BM25, "date>=2020")).isEmpty();
    }

    private String message(Principal principal, String where) {
        try {
            return "nothing was refused: " + found(principal, SearchMode.BM25, where);
        } catch (SartorException e) {
            assertThat(e.kind()).isEqualTo(SartorException.Kind.USER);
            return String.valueOf(e.getMessage());
        }
    }

    @Test
    void aTouchedFileHasItsNewDayWithoutBeingEmbeddedAgain() throws IOException {
        shop();
        int embedded = embedder.embedded.get();
        Files.setLastModifiedTime(
                root.resolve("docs/notes"), FileTime.from(Instant.parse("2026-02-03T00:00:00Z")));
        assertThat(run(AccessPolicy.everyone(), "docs").embedded()).isZero();
        for (var mode : SearchMode.values()) {
            assertThat(found(ANN, mode, "date>=2026")).containsExactly("notes");
            assertThat(found(ANN, mode, "date<=2020")).isEmpty();
        }
        assertThat(embedder.embedded.get() - embedded).as("questions").isEqualTo(4);
    }

    @Test
    void aChangedFieldIsFollowedWithoutEmbeddingTheText() throws IOException {
        var row = "{\"id\": \"a\", \"text\": \"one kettle\", \"state\": \"%s\"}\n";
        write("rows.jsonl", row.formatted("draft"), "2020-01-01T00:00:00Z");
        run(AccessPolicy.everyone(), "rows.jsonl");
        write("rows.jsonl", row.formatted("final"), "2020-01-02T00:00:00Z");
        var report = run(AccessPolicy.everyone(), "rows.jsonl");
        assertThat(report.counts().changed()).isOne();
        assertThat(report.embedded()).isZero();
        assertThat(found(ANN, SearchMode.HYBRID, "state=final")).containsExactly("a");
        assertThat(found(ANN, SearchMode.HYBRID, "state=draft")).isEmpty();
    }

    @Test
    void aProjectsDocumentsHavePathAndType() throws IOException {
        write("docs/a.md", "one kettle", "2020-01-01T00:00:00Z");
        write("docs/b.txt", "two kettle", "2020-01-01T00:00:00Z");
        try (var index =
                PassageIndex.open(
                        root.resolve("cache"),
                        new DocumentFolder(root.resolve("docs"), ParseLimits.usual()),
                        IndexSettings.usual(),
                        Optional.of(embedder),
                        Progress.silent())) {
            var inquiry = List.of(new PassageIndex.Query("kettle", ANN));
            for (var where : List.of("type=txt", "path=b*")) {
                var settings =
                        SearchSettings.of(SearchMode.HYBRID)
                                .where(Conditions.parsed(List.of(where)));
                assertThat(index.searchAll(inquiry, 5, settings).getFirst())
                        .singleElement()
                        .satisfies(each -> assertThat(each.document()).isEqualTo("b.txt"));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "type", "=pdf", "date>2025", "a<b"})
    void whatIsNoConditionIsRefusedWithAnExample(String text) {
        assertThatThrownBy(() -> Condition.parsed(text))
                .hasMessageContaining("--where must be FIELD=VALUE")
                .hasMessageContaining("got '" + text + "'")
                .hasMessageContaining("\"date>=2025-01-01\"");
    }

    @Test
    void whatCannotBeComparedIsRefused() {
        assertThatThrownBy(() -> Condition.parsed("date>=yesterday"))
                .hasMessageContaining("compares numbers and dates")
                .hasMessageContaining("got date>=yesterday");
        assertThatThrownBy(() -> Condition.parsed("date>=2025-13-01"))
                .hasMessageContaining("got date>=2025-13-01");
        assertThatThrownBy(() -> Condition.parsed("path<=b"))
                .hasMessageContaining("path takes = and !=, got <=");
    }
}
