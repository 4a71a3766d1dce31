package dev.sartor.retrieve.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.Principal;
import dev.sartor.core.SartorException;
import dev.sartor.core.work.Cancellation;
import dev.sartor.core.work.Progress;
import dev.sartor.documents.ParseLimits;
import dev.sartor.documents.ParseReport;
import dev.sartor.documents.access.AccessPolicy;
import dev.sartor.documents.source.FolderSource;
import dev.sartor.retrieve.HashedWords;
import dev.sartor.retrieve.SearchMode;
import dev.sartor.retrieve.search.IndexSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What holds of a standing index wherever it is kept.
public abstract class IndexContract {
    protected static final Principal ANN = new Principal(Set.of("user:ann", "group:sales"));
    private static final Principal BEN = new Principal(Set.of("user:ben"));

    @TempDir protected Path root;
    protected final HashedWords embedder = HashedWords.usual();
    protected final Embedding embedding = new Embedding("hashed-words", "d1", () -> embedder);

    protected Path docs() {
        return root.resolve("docs");
    }

    /// Where the index is kept; empty at the beginning of each test.
    protected abstract IndexStorage index();

    /// Old enough that its time tells a later change.
    private void write(String path, String text) throws IOException {
        var file = docs().resolve(path);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, text);
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(3600)));
    }

    protected IndexReport run() {
        return run(AccessPolicy.everyone(), embedding, false);
    }

    protected IndexReport run(AccessPolicy access, Embedding with, boolean rehash) {
        try (var indexer = Indexer.open(index(), with, IndexSettings.usual(), Clock.systemUTC());
                var shelf = new FolderSource(docs(), List.of(), access, ParseLimits.usual())) {
            return indexer.run(shelf, rehash, Progress.silent(), new Cancellation());
        }
    }

    private PersistentIndex open() {
        return PersistentIndex.open(index(), _ -> embedder);
    }

    protected List<String> found(String query, Principal principal, SearchMode mode) {
        try (var open = open()) {
            return ids(open, query, principal, mode);
        }
    }

    private static List<String> ids(
            PersistentIndex open, String query, Principal principal, SearchMode mode) {
        return open.search(query, 5, principal, mode).stream()
                .map(finding -> finding.passage().id())
                .toList();
    }

    protected void shop() throws IOException {
        write("returns.md", "# Returns\nShoes may be returned for thirty days.");
        write("deep/warranty.md", "# Warranty\nThe kettle is covered for two years.");
        write("shipping.md", "# Shipping\nParcels reach Ulm overnight.");
    }

    @ParameterizedTest
    @EnumSource
    void aFolderIsIndexedSearchedChangedAndFollowed(SearchMode mode) throws IOException {
        shop();
        assertThat(run().counts()).isEqualTo(new IndexReport.Counts(0, 3, 0, 0, 0, 0));
        try (var open = open()) {
            assertThat(ids(open, "kettle covered years", ANN, mode).getFirst())
                    .isEqualTo("deep/warranty.md#1");
            write("deep/warranty.md", "# Warranty\nThe toaster is covered for nine months.");
            Files.delete(docs().resolve("shipping.md"));
            write("care.md", "# Care\nDescale the kettle monthly.");
            var report = run();
            assertThat(report.counts()).isEqualTo(new IndexReport.Counts(1, 1, 1, 0, 1, 0));
            assertThat(report.embedded()).isEqualTo(2);
            // the same open index: the next question meets the last commit
            assertThat(ids(open, "descale kettle monthly", ANN, mode).getFirst())
                    .isEqualTo("care.md#1");
            assertThat(ids(open, "toaster covered nine months", ANN, mode).getFirst())
                    .isEqualTo("deep/warranty.md#1");
            assertThat(ids(open, "parcels Ulm overnight", ANN, mode))
                    .doesNotContain("shipping.md#1");
        }
    }

    @Test
    void anUnchangedRunReadsAndEmbedsNothing() throws IOException {
        shop();
        run();
        int embedded = embedder.embedded.get();
        var unopenable =
                new Embedding(
                        "hashed-words",
                        "d1",
                        () -> {
                            throw new AssertionError("opened");
                        });
        var report = run(AccessPolicy.everyone(), unopenable, false);
        assertThat(report.counts()).isEqualTo(new IndexReport.Counts(3, 0, 0, 0, 0, 0));
        assertThat(embedder.embedded.get()).isEqualTo(embedded).isEqualTo(3);
    }

    @Test
    void aTouchedFileIsNotReadAgainAndOneOfTheSameSizeAndTimeOnlyByRehash() throws IOException {
        shop();
        run();
        Files.setLastModifiedTime(
                docs().resolve("returns.md"), FileTime.from(Instant.now().minusSeconds(60)));
        assertThat(run().counts()).isEqualTo(new IndexReport.Counts(3, 0, 0, 0, 0, 0));
        var time = Files.getLastModifiedTime(docs().resolve("returns.md"));
        write("returns.md", "# Returns\nBoots may be returned for thirty days.");
        Files.setLastModifiedTime(docs().resolve("returns.md"), time);
        assertThat(run().counts().changed()).isZero();
        assertThat(run(AccessPolicy.everyone(), embedding, true).counts().changed()).isOne();
        assertThat(found("boots", ANN, SearchMode.BM25)).containsExactly("returns.md#1");
    }

    @Test
    void aFileWrittenJustNowIsLookedAtAgainThoughItsSizeAndTimeStay() throws IOException {
        shop();
        var file = docs().resolve("returns.md");
        var time = FileTime.from(Instant.now());
        Files.setLastModifiedTime(file, time);
        run();
        Files.writeString(file, "# Returns\nBoots may be returned for thirty days.");
        Files.setLastModifiedTime(file, time);
        assertThat(run().counts().changed()).isOne();
    }

    @Test
    void aMovedDocumentKeepsItsVectors() throws IOException {
        shop();
        run();
        Files.createDirectories(docs().resolve("new/place"));
        Files.move(docs().resolve("returns.md"), docs().resolve("new/place/back.md"));
        var report = run();
        assertThat(report.counts()).isEqualTo(new IndexReport.Counts(2, 0, 0, 1, 0, 0));
        assertThat(report.embedded()).isZero();
        assertThat(found("shoes returned thirty days", ANN, SearchMode.VECTOR).getFirst())
                .isEqualTo("new/place/back.md#1");
        assertThat(found("shoes", ANN, SearchMode.BM25)).containsExactly("new/place/back.md#1");
    }

    @Test
    void ofAChangedDocumentOnlyTheChangedPassagesAreEmbedded() throws IOException {
        write("a.md", "# A\n## One\n" + "one ".repeat(60) + "\n## Two\n" + "two ".repeat(60));
        assertThat(run().embedded()).isEqualTo(2);
        write("a.md", "# A\n## One\n" + "one ".repeat(60) + "\n## Two\n" + "new ".repeat(61));
        var report = run();
        assertThat(report.embedded()).isOne();
        assertThat(report.reused()).isOne();
    }

    @Test
    void whatCannotBeReadIsNamedEachTimeAndTriedAgainWhenItChanges() throws IOException {
        shop();
        Files.write(docs().resolve("latin.txt"), new byte[] {(byte) 0xe4, 'a'});
        assertThat(run().failed())
                .containsExactly(
                        new ParseReport.Unreadable("latin.txt", "not UTF-8; save it as UTF-8"));
        assertThat(run().failed()).hasSize(1);
        write("latin.txt", "äa");
        assertThat(run().failed()).isEmpty();
        assertThat(found("äa", ANN, SearchMode.BM25)).containsExactly("latin.txt#1");
    }

    @Test
    void withoutARuleNobodyMayReadAndAChangedRuleHoldsFromTheNextQuestionOn() throws IOException {
        shop();
        run(AccessPolicy.none(), embedding, false);
        try (var open = open()) {
            assertThat(ids(open, "kettle", ANN, SearchMode.HYBRID)).isEmpty();
            write("deep/.access.yaml", "readers: [group:sales]");
            var report = run(AccessPolicy.none(), embedding, false);
            assertThat(report.counts()).isEqualTo(new IndexReport.Counts(2, 0, 0, 0, 0, 1));
            assertThat(report.embedded()).isZero();
            assertThat(ids(open, "kettle", ANN, SearchMode.HYBRID))
                    .containsExactly("deep/warranty.md#1");
            assertThat(ids(open, "kettle", BEN, SearchMode.HYBRID)).isEmpty();
            write("deep/warranty.md.access.yaml", "deny: user:ann");
            run(AccessPolicy.none(), embedding, false);
            assertThat(ids(open, "kettle", ANN, SearchMode.HYBRID)).isEmpty();
        }
    }

    @Test
    void copiesAreShownOnceWithThoseSourcesThatTheAskerMayRead() throws IOException {
        write("sales/price.md", "# Price\nThe copper kettle costs forty euros in every shop.");
        write("legal/price.md", "# Price\nThe copper kettle costs forty euros in every shop.");
        write(
                "all/price.md",
                "# Price list\nThe copper kettle costs forty euros in every shop today, all of"
                        + " them, and so does the copper pan.");
        write("sales/.access.yaml", "readers: [group:sales]");
        write("legal/.access.yaml", "readers: [user:ben]");
        write("all/.access.yaml", "readers: everyone");
        assertThat(run(AccessPolicy.none(), embedding, false).embedded()).isEqualTo(2);
        try (var open = open()) {
            var both = new Principal(Set.of("group:sales", "user:ben"));
            assertThat(open.search("copper kettle price", 5, both, SearchMode.HYBRID))
                    .hasSize(2)
                    .filteredOn(finding -> !finding.passage().document().startsWith("all"))
                    .singleElement()
                    .satisfies(finding ->
                            assertThat(
                                            Set.of(
                                                    finding.passage().document(),
                                                    finding.alsoIn().getFirst()))
                                    .isEqualTo(Set.of("sales/price.md", "legal/price.md")));
            assertThat(open.search("copper kettle price", 5, BEN, SearchMode.HYBRID))
                    .allSatisfy(finding -> assertThat(finding.alsoIn()).isEmpty())
                    .extracting(finding -> finding.passage().document())
                    .containsExactlyInAnyOrder("legal/price.md", "all/price.md");
        }
    }

    @Test
    void manyCopiesDoNotKeepOtherPassagesOut() throws IOException {
        for (int i = 0; i < 150; i++) {
            write("copies/" + i + ".md", "# Kettle\nkettle kettle kettle kettle kettle");
        }
        write("other.md", "# Other\nA lamp beside the kettle.");
        run();
        assertThat(found("kettle", ANN, SearchMode.BM25)).hasSize(2).contains("other.md#1");
    }

    @Test
    void anotherEmbedderIsBuiltBesideAndServedWhenItIsWhole() throws IOException {
        shop();
        run();
        var wide = new HashedWords(128, 256);
        var failing =
                new HashedWords(128, 256) {
                    @Override
                    public List<float[]> embed(List<String> texts) {
                        throw SartorException.missing("no memory");
                    }
                };
        try (var open =
                PersistentIndex.open(
                        index(), with -> with.digest().equals("d1") ? embedder : wide)) {
            assertThat(open.search("kettle", 1, ANN, SearchMode.VECTOR)).hasSize(1);
            assertThatThrownBy(() ->
                            run(
                                    AccessPolicy.everyone(),
                                    new Embedding("wide", "d2", () -> failing),
                                    false))
                    .hasMessage("no memory");
            assertThat(open.stats().with().digest()).isEqualTo("d1");
            assertThat(open.search("kettle", 1, ANN, SearchMode.VECTOR)).hasSize(1);
            var report =
                    run(AccessPolicy.everyone(), new Embedding("wide", "d2", () -> wide), false);
            assertThat(report.embedded()).isEqualTo(3);
            assertThat(open.stats().dimension()).isEqualTo(128);
            assertThat(open.search("kettle", 1, ANN, SearchMode.VECTOR)).hasSize(1);
            assertThat(open.stats().generation()).isEqualTo(2);
        }
    }

    @Test
    void oneWritesAtATime() throws IOException {
        shop();
        try (var _ = Indexer.open(index(), embedding, IndexSettings.usual(), Clock.systemUTC())) {
            assertThatThrownBy(this::run)
                    .hasMessageContaining("is being written by another run")
                    .extracting(e -> ((SartorException) e).kind())
                    .isEqualTo(SartorException.Kind.USER);
        }
        assertThat(run().counts().added()).isEqualTo(3);
    }

    @Test
    void statsAndShowTellTheKeeperWhatIsIn() throws IOException {
        shop();
        write("deep/.access.yaml", "{\"readers\": [\"group:sales\"]}");
        run(AccessPolicy.none(), embedding, false);
        try (var open = open()) {
            var stats = open.stats();
            assertThat(stats.documents()).isEqualTo(3);
            assertThat(stats.passages()).isEqualTo(3);
            assertThat(stats.dimension()).isEqualTo(64);
            assertThat(stats.readers().nobody()).isEqualTo(2);
            assertThat(stats.bytes()).isPositive();
            var shown = open.show("deep/warranty.md").orElseThrow();
            assertThat(shown.title()).isEqualTo("Warranty");
            assertThat(shown.readers().admit(ANN)).isTrue();
            var piece = shown.pieces().getFirst();
            assertThat(piece.id()).isEqualTo("deep/warranty.md#1");
            assertThat(piece.section()).isEqualTo("Warranty");
            assertThat(piece.text()).isEqualTo("The kettle is covered for two years.");
            assertThat(piece.vector()).hasSize(64);
            var all = new ArrayList<String>();
            open.showAll(each -> all.add(each.path()));
            assertThat(all).isEqualTo(open.documents()).hasSize(3);
            assertThat(open.show("none.md")).isEqualTo(Optional.empty());
        }
    }

    /// bench/index_changes.py times 5,000 documents.
    @Test
    void onePercentChangedEmbedsOnePercent() throws IOException {
        for (int i = 0; i < 500; i++) {
            write(i % 50 + "/" + i + ".md", "# Document " + i + "\nIt tells of part " + i + ".");
        }
        run();
        for (int i = 0; i < 500; i += 100) {
            write(
                    i % 50 + "/" + i + ".md",
                    "# Document " + i + "\nIt now tells of " + i + ", too.");
        }
        var changed = run();
        assertThat(changed.counts()).isEqualTo(new IndexReport.Counts(495, 0, 5, 0, 0, 0));
        assertThat(changed.embedded()).isEqualTo(5);
    }
}
