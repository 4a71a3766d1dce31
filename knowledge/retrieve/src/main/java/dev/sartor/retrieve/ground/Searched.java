package dev.sartor.retrieve.ground;

import dev.sartor.core.Passage;
import dev.sartor.retrieve.Finding;
import dev.sartor.retrieve.SearchMode;
import dev.sartor.retrieve.index.PersistentIndex;
import dev.sartor.retrieve.search.Fusion;
import dev.sartor.retrieve.search.PassageIndex;
import dev.sartor.retrieve.search.SearchSettings;
import java.util.List;

/// What passages are looked up in: a project's index or one that stands. Safe for concurrent callers.
interface Searched {
    /// For each inquiry the best `k` passages that its principal may read, best first.
    List<List<Passage>> find(List<PassageIndex.Query> inquiries, int k);

    /// For each inquiry its nearest passage by the embedder alone; empty where there is none.
    List<List<Passage>> nearest(List<PassageIndex.Query> inquiries);

    /// Whether somebody here answers for what the document says.
    default boolean isCurated(String document) {
        return true;
    }

    /// Whether a document may be one that nobody here answers for.
    default boolean mayHoldUncurated() {
        return false;
    }

    /// A passage by its own vector, so that its score is the cosine.
    static SearchSettings alone() {
        return SearchSettings.of(SearchMode.VECTOR).withWholeDocument(0);
    }

    static Searched of(PassageIndex index, RetrievalSettings settings) {
        return new Searched() {
            @Override
            public List<List<Passage>> find(List<PassageIndex.Query> inquiries, int k) {
                var way = index.usual(settings.mode()).rerankedBy(settings.reranking());
                return index.searchAll(inquiries, k, way);
            }

            @Override
            public List<List<Passage>> nearest(List<PassageIndex.Query> inquiries) {
                return index.searchAll(inquiries, 1, alone());
            }
        };
    }

    static Searched of(PersistentIndex index, RetrievalSettings settings, Fusion fusion) {
        return new Searched() {
            @Override
            public List<List<Passage>> find(List<PassageIndex.Query> inquiries, int k) {
                var way = SearchSettings.of(settings.mode()).fusedBy(fusion);
                return inquiries.stream()
                        .map(each ->
                                index.search(
                                        each,
                                        k,
                                        with ->
                                                (with.hasVectors() ? way : with.usual())
                                                        .rerankedBy(settings.reranking())))
                        .map(Searched::passages)
                        .toList();
            }

            @Override
            public boolean isCurated(String document) {
                return index.isCurated(document);
            }

            @Override
            public boolean mayHoldUncurated() {
                return true;
            }

            @Override
            public List<List<Passage>> nearest(List<PassageIndex.Query> inquiries) {
                return inquiries.stream()
                        .map(each -> passages(index.search(each, 1, _ -> alone())))
                        .toList();
            }
        };
    }

    /// All documents, whatever is asked: of them what the asker may read, in their order.
    static Searched of(WholeDocuments documents) {
        return new Searched() {
            @Override
            public List<List<Passage>> find(List<PassageIndex.Query> inquiries, int k) {
                return inquiries.stream()
                        .map(each ->
                                documents.passages().stream()
                                        .filter(passage ->
                                                passage.readers().admit(each.principal()))
                                        .toList())
                        .toList();
            }

            @Override
            public List<List<Passage>> nearest(List<PassageIndex.Query> inquiries) {
                return inquiries.stream().map(_ -> List.<Passage>of()).toList();
            }
        };
    }

    private static List<Passage> passages(List<Finding> found) {
        return found.stream().map(Finding::passage).toList();
    }
}
