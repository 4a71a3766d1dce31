package dev.sartor.retrieve.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.core.Passage;
import dev.sartor.core.Principal;
import dev.sartor.core.Readers;
import dev.sartor.core.Statement;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.core.work.Cancellation;
import dev.sartor.core.work.Progress;
import dev.sartor.documents.ParseLimits;
import dev.sartor.documents.access.AccessManifest;
import dev.sartor.documents.access.AccessPolicy;
import dev.sartor.documents.source.FolderSource;
import dev.sartor.retrieve.ChunkSettings;
import dev.sartor.retrieve.Finding;
import dev.sartor.retrieve.index.Embedding;
import dev.sartor.retrieve.index.IndexReport;
import dev.sartor.retrieve.index.IndexStorage;
import dev.sartor.retrieve.index.IndexedWith;
import dev.sartor.retrieve.index.Indexer;
import dev.sartor.retrieve.index.PersistentIndex;
import dev.sartor.retrieve.search.Highlights;
import dev.sartor.retrieve.search.IndexSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A folder whose files are in several languages, searched by words.
class LanguagesTest {
    private static final Principal ANN = new Principal(Set.of("user:ann", "group:sales"));

    private static final IndexSettings BY_LANGUAGE = IndexSettings.usual();

    @TempDir private Path root;

    @BeforeEach
    void insurance() {
        write(
                "en/policy.md",
                "# Policies\nThe policies of our customers are renewed in the spring, and the bills are sent to them.");
        write(
                "de/versicherung.md",
                "# Haftpflicht\nDie Versicherungen der Kunden werden im Frühjahr verlängert, und die Häuser sind mit versichert.");
        write(
                "fr/assurance.md",
                "# Responsabilité\nLes assurances des clients sont renouvelées au printemps, et les factures leur sont envoyées.");
        write("xx/mkataba.md", "# Bima\nMkataba huu unaweza kusitishwa kwa maandishi.");
        write(
                "access.yaml",
                """
                rules:
                  - paths: "**"
                    readers: everyone
                  - paths: de
                    readers: [group:sales]
                    deny: [user:bob]
                """);
    }

    private void write(String path, String text) {
        var place = path.equals("access.yaml") ? root : root.resolve("docs");
        AtomicFile.write(place.resolve(path), text);
    }

    private IndexReport index(IndexSettings settings) {
        var policy =
                new AccessPolicy(
                        Optional.of(AccessManifest.read(root.resolve("access.yaml"))),
                        false,
                        false,
                        "");
        try (var indexer =
                        Indexer.open(
                                root.resolve("index"),
                                Embedding.none(),
                                settings,
                                Clock.systemUTC());
                var shelf =
                        new FolderSource(
                                root.resolve("docs"), List.of(), policy, ParseLimits.usual())) {
            return indexer.run(shelf, false, Progress.silent(), new Cancellation());
        }
    }

    private List<Passage> passages(String question, Principal who) {
        try (var index = PersistentIndex.unasked(root.resolve("index"))) {
            return index.search(question, 5, who).stream().map(Finding::passage).toList();
        }
    }

    private List<String> found(String question, Principal who) {
        return passages(question, who).stream().map(Passage::document).toList();
    }

    @Test
    void aQuestionInEachLanguageFindsOtherFormsOfItsWords() {
        index(BY_LANGUAGE);
        assertThat(found("renewing a policy", ANN)).containsExactly("en/policy.md");
        assertThat(found("Welche Versicherung hat das Haus?", ANN))
                .containsExactly("de/versicherung.md");
        assertThat(found("facture envoyé", ANN)).containsExactly("fr/assurance.md");
        assertThat(found("mkataba", ANN)).containsExactly("xx/mkataba.md");
    }

    @Test
    void englishAloneFindsNoneOfTheOthersForms() {
        index(new IndexSettings(ChunkSettings.usual(), Analysis.ENGLISH));
        assertThat(found("renewing a policy", ANN)).containsExactly("en/policy.md");
        assertThat(found("Haus", ANN)).isEmpty();
        assertThat(found("facture envoyé", ANN))
                .as("the English stemmer folds the first")
                .hasSize(1);
    }

    @Test
    void oneLanguageCanBeNamedForAllPassages() {
        index(new IndexSettings(ChunkSettings.usual(), Analysis.GERMAN));
        assertThat(found("Haus", ANN)).containsExactly("de/versicherung.md");
        assertThat(passages("Haus", ANN)).extracting(Passage::language).containsExactly("");
        try (var index = PersistentIndex.unasked(root.resolve("index"))) {
            assertThat(index.stats().languages()).isEmpty();
        }
    }

    @Test
    void whoMayNotReadALanguagesFilesFindsNothingInIt() {
        index(BY_LANGUAGE);
        var bob = new Principal(Set.of("user:bob", "group:sales"));
        for (var other : List.of(bob, Principal.local())) {
            assertThat(found("Versicherung Haus", other)).isEmpty();
            assertThat(found("policies, factures, Häuser", other))
                    .containsExactlyInAnyOrder("en/policy.md", "fr/assurance.md");
            try (var index = PersistentIndex.unasked(root.resolve("index"))) {
                assertThat(index.stats(other).languages())
                        .isEqualTo(
                                Map.of(Analysis.ENGLISH, 1, Analysis.FRENCH, 1, Analysis.ANY, 1));
            }
        }
    }

    @Test
    void aLanguageThatIsNotKnownIsComparedAsItIsAndCounted() {
        var report = index(BY_LANGUAGE);
        assertThat(report.plain()).isOne();
        assertThat(report.lines().getLast())
                .isEqualTo(
                        "1 passage is in a language that was not recognised: words are compared there"
                                + " as they are, \"bills\" not with \"bill\".");
        assertThat(index(BY_LANGUAGE).plain()).as("an unchanged run says it, too").isOne();
        try (var index = PersistentIndex.unasked(root.resolve("index"))) {
            assertThat(index.stats().languages())
                    .isEqualTo(
                            Map.of(
                                    Analysis.ENGLISH, 1,
                                    Analysis.GERMAN, 1,
                                    Analysis.FRENCH, 1,
                                    Analysis.ANY, 1));
        }
    }

    @Test
    void aDocumentOfTwoLanguagesLiesInBothAndItsFiguresWithMostOfIt() {
        var manual = new StringBuilder("# Manual\n");
        manual.append("## Warranty\n")
                .append("The warranty of the kettle is two years. ".repeat(9));
        manual.append("\n\n## Garantie\n")
                .append("Die Garantie für den Kessel ist zwei Jahre. ".repeat(9));
        manual.append("\n\n## Kettle\n")
                .append("The kettle is to be filled with water. ".repeat(9));
        manual.append("\n\n## Table\n").append("80 kg 4 h 95 kg 6 h 60 kg 3 h. ".repeat(9));
        write("manual.md", manual.toString());
        index(new IndexSettings(new ChunkSettings(80, 0), Analysis.AUTO));
        try (var index = PersistentIndex.unasked(root.resolve("index"))) {
            assertThat(index.show("manual.md").orElseThrow().pieces())
                    .extracting(PersistentIndex.Piece::language)
                    .startsWith("english", "german", "english")
                    .endsWith("english")
                    .doesNotContain("any");
        }
        assertThat(found("Garantien", ANN)).containsExactly("manual.md");
    }

    @Test
    void aChangedRuleKeepsEachPassageInItsLanguage() {
        index(BY_LANGUAGE);
        write("access.yaml", "rules:\n  - paths: \"**\"\n    readers: everyone\n");
        assertThat(index(BY_LANGUAGE).counts().relabelled()).isOne();
        assertThat(found("Haus", Principal.local())).containsExactly("de/versicherung.md");
        assertThat(passages("Haus", Principal.local()))
                .extracting(Passage::language)
                .containsExactly("german");
    }

    @Test
    void anIndexThatWasMadeInEnglishStaysSoUntilAnotherWayIsAskedFor() {
        var english = new IndexSettings(ChunkSettings.usual(), Analysis.ENGLISH);
        index(english);
        var before = IndexStorage.at(root.resolve("index")).madeWith().orElseThrow();
        assertThat(before.settings()).isEqualTo(english);
        assertThat(IndexedWith.parsed(before.text())).isEqualTo(before);
        assertThat(index(before.settings()).generation()).isOne();
        var report = index(BY_LANGUAGE);
        assertThat(report.generation()).isEqualTo(2);
        assertThat(found("Haus", ANN)).containsExactly("de/versicherung.md");
    }

    @Test
    void wordsAreMarkedAndAnswersCheckedInThePassagesLanguage() {
        index(BY_LANGUAGE);
        var question = "Sind Haus und Versicherung dabei?";
        var passage = passages(question, ANN).getFirst();
        assertThat(new Highlights(question, Analysis.AUTO).in(passage))
                .extracting(span -> passage.text().substring(span.from(), span.to()))
                .containsExactly("Versicherungen", "Häuser");
        try (var index = PersistentIndex.unasked(root.resolve("index"))) {
            var check = index.check(Optional.empty());
            assertThat(check.statements("Das Haus ist versichert.", List.of(passage)))
                    .extracting(Statement::isSupported)
                    .containsExactly(true);
            assertThat(check.statements("Ja, das ist so.", List.of(passage)))
                    .as("function words state nothing")
                    .extracting(Statement::isSupported)
                    .doesNotContain(true);
        }
    }

    @Test
    void aPassageOfWhichNoLanguageIsSaidIsComparedAsItIs() {
        var passage = new Passage("a#1", "a.md", "", "the bills", 1, Readers.everyone());
        assertThat(new Highlights("bill", Analysis.AUTO).in(passage)).isEmpty();
        assertThat(new Highlights("bill", Analysis.ENGLISH).in(passage)).hasSize(1);
    }
}
