package dev.sartor.retrieve.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.Passage;
import dev.sartor.core.Principal;
import dev.sartor.core.Readers;
import dev.sartor.core.work.Progress;
import dev.sartor.documents.Document;
import dev.sartor.documents.source.Documents;
import dev.sartor.retrieve.ChunkSettings;
import dev.sartor.retrieve.Contrary;
import dev.sartor.retrieve.HashedWords;
import dev.sartor.retrieve.Hit;
import dev.sartor.retrieve.SearchMode;
import dev.sartor.retrieve.text.Analysis;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RerankingTest {
    private static final Principal ANN = new Principal(Set.of("user:ann"));

    @TempDir private Path cache;
    private final Contrary reranker = new Contrary();
    private final HashedWords embedder = HashedWords.usual();

    private PassageIndex index(List<Document> documents) {
        return PassageIndex.open(
                cache,
                Documents.of(documents),
                new IndexSettings(ChunkSettings.usual(), Analysis.ENGLISH),
                Optional.of(embedder),
                Progress.silent());
    }

    private static Document document(String path, String text) {
        return Document.of(path, path, text, Readers.everyone());
    }

    private static List<String> found(PassageIndex index, int k, SearchSettings settings) {
        var inquiry = new PassageIndex.Query("copper kettle", ANN);
        return index.searchAll(List.of(inquiry), k, settings).getFirst().stream()
                .map(Passage::document)
                .toList();
    }

    private SearchSettings reranked(SearchMode mode, int depth, double weight) {
        return SearchSettings.of(mode)
                .rerankedBy(Optional.of(new Reranking(reranker, depth, weight)));
    }

    /// The first found repeats a word and says much else; the last says nothing else.
    private static List<Document> shop() {
        return List.of(
                document("a", "copper kettle kettle kettle kettle shop of old and new things here"),
                document("b", "copper kettle kettle kettle of the house"),
                document("c", "copper kettle"),
                document("d", "copper pans and many other things that a house needs"));
    }

    @ParameterizedTest
    @EnumSource
    void theFirstFoundStandInTheOrderOfTheRerankerAndTheOthersBehindThemInTheirs(SearchMode mode) {
        try (var index = index(shop())) {
            var before = found(index, 4, SearchSettings.of(mode));
            var after = found(index, 4, reranked(mode, 3, 1));
            assertThat(reranker.read).hasSize(3).allMatch(text -> text.contains("\ncopper"));
            var read = new ArrayList<>(reranker.read);
            var byScore = new ArrayList<>(before.subList(0, 3));
            var scores = new Contrary().scores("copper kettle", read);
            byScore.sort((x, y) ->
                    Double.compare(scores.get(before.indexOf(y)), scores.get(before.indexOf(x))));
            assertThat(after.subList(0, 3)).isEqualTo(byScore);
            assertThat(after.get(3)).isEqualTo(before.get(3));
            assertThat(byScore).isNotEqualTo(before.subList(0, 3));
        }
    }

    @Test
    void aWeightOfNothingChangesNothing() {
        try (var index = index(shop())) {
            assertThat(found(index, 4, reranked(SearchMode.HYBRID, 4, 0)))
                    .isEqualTo(found(index, 4, SearchSettings.of(SearchMode.HYBRID)));
        }
    }

    @Test
    void morePassagesAreReadThanShown() {
        try (var index = index(shop())) {
            assertThat(found(index, 1, reranked(SearchMode.BM25, 4, 1))).containsExactly("d");
            assertThat(reranker.read).hasSize(4);
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsGivenToTheRerankerThatTheAskerMayNotRead(SearchMode mode) {
        var random = new SplittableRandom(5);
        var documents = new ArrayList<Document>();
        var secret = new HashSet<String>();
        for (int i = 0; i < 60; i++) {
            boolean isOpen = random.nextInt(4) == 0;
            var text = "copper kettle number" + i;
            documents.add(
                    Document.of(
                            "d" + i,
                            "t" + i,
                            text,
                            isOpen ? Readers.everyone() : Readers.anyOf(List.of("user:ben"))));
            if (!isOpen) {
                secret.add("t" + i + "\n" + text);
            }
        }
        try (var index = index(documents)) {
            assertThat(found(index, 50, reranked(mode, 50, 1))).hasSize(60 - secret.size());
            assertThat(reranker.read)
                    .hasSize(60 - secret.size())
                    .doesNotContainAnyElementsOf(secret);
        }
    }

    @Test
    void aTextThatIsSearchedTwiceIsReadOnce() {
        var once = new Reranking(reranker, 10, 1).remembering();
        var texts = List.of("copper kettle", "pan");
        var hits = List.of(new Hit(1, 2), new Hit(2, 1));
        var first = once.ranked("kettle", hits, texts);
        assertThat(once.ranked("kettle", hits, texts)).isEqualTo(first);
        assertThat(reranker.read).containsExactlyElementsOf(texts);
    }

    @Test
    void nonsenseIsRefused() {
        assertThatThrownBy(() -> new Reranking(reranker, 1, 1))
                .hasMessageContaining("retrieval.rerank_depth must be 2 to 1000, got 1");
        assertThatThrownBy(() -> new Reranking(reranker, 20, 1.5))
                .hasMessageContaining("retrieval.rerank_weight must be 0 to 1, got 1.5");
    }
}
