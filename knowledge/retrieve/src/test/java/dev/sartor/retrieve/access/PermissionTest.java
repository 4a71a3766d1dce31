package dev.sartor.retrieve.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.Answer;
import dev.sartor.core.AnswerForm;
import dev.sartor.core.Message;
import dev.sartor.core.Passage;
import dev.sartor.core.Principal;
import dev.sartor.core.Question;
import dev.sartor.core.Readers;
import dev.sartor.core.Sampling;
import dev.sartor.core.SartorException;
import dev.sartor.core.work.Progress;
import dev.sartor.documents.Document;
import dev.sartor.documents.source.Documents;
import dev.sartor.retrieve.Contrary;
import dev.sartor.retrieve.HashedWords;
import dev.sartor.retrieve.Hit;
import dev.sartor.retrieve.SearchMode;
import dev.sartor.retrieve.ground.ContextPacking;
import dev.sartor.retrieve.ground.EchoModel;
import dev.sartor.retrieve.ground.RetrievalResponder;
import dev.sartor.retrieve.ground.RetrievalSettings;
import dev.sartor.retrieve.ground.Retriever;
import dev.sartor.retrieve.search.IndexBuilder;
import dev.sartor.retrieve.search.IndexSettings;
import dev.sartor.retrieve.search.PassageIndex;
import dev.sartor.retrieve.search.PassageSearch;
import dev.sartor.retrieve.search.Reranking;
import dev.sartor.retrieve.search.VectorSearch;
import dev.sartor.retrieve.text.Analysis;
import dev.sartor.retrieve.text.AnswerCheck;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.store.FSDirectory;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What each look behind the search does where the search let something through.
class PermissionTest {
    private static final Principal ANN = new Principal(Set.of("user:ann"));
    private static final Principal BEN = new Principal(Set.of("user:ben"));
    private static final Readers OF_ANN = Readers.anyOf(List.of("user:ann"));
    private static final Passage PASSAGE =
            new Passage("secret.md#1", "secret.md", "Plans", "the hidden plan", 1, OF_ANN);

    @TempDir private Path root;

    private static void isRefused(ThrowingCallable call) {
        assertThatThrownBy(call)
                .hasMessageContaining("a passage that the asker may not read was about to be")
                .hasMessageNotContainingAny("secret", "Plans", "hidden", "ben", "ann")
                .extracting(e -> ((SartorException) e).kind())
                .isEqualTo(SartorException.Kind.DEFECT);
    }

    private static Question ask(Principal principal) {
        return new Question(
                "1",
                List.of(Message.user("plan")),
                new AnswerForm.FreeText(8),
                Sampling.greedy(),
                principal);
    }

    @Test
    void theTextOfAHitThatTheAskerMayNotReadIsNeitherFetchedNorReranked() throws IOException {
        var document = Document.of("secret.md", "Plans", "the hidden plan", OF_ANN);
        new IndexBuilder(IndexSettings.usual(), Optional.empty(), Progress.silent())
                .build(Documents.of(List.of(document)), root);
        try (var directory = FSDirectory.open(root);
                var reader = DirectoryReader.open(directory);
                var analyzer = Analysis.ENGLISH.analyzer()) {
            var searcher = new IndexSearcher(reader);
            var search =
                    new PassageSearch(
                            searcher,
                            analyzer,
                            AccessRules.in(reader),
                            new VectorSearch(searcher, 10));
            assertThat(search.passage(new Hit(0, 1), ANN).text()).isEqualTo("the hidden plan");
            isRefused(() -> search.passage(new Hit(0, 1), BEN));
            var reranker = new Contrary();
            var reranking = new Reranking(reranker, 2, 1);
            var hits = List.of(new Hit(0, 1));
            search.reranked(hits, new PassageIndex.Query("plan", ANN), reranking);
            assertThat(reranker.read).containsExactly("Plans\nthe hidden plan");
            isRefused(() -> search.reranked(hits, new PassageIndex.Query("plan", BEN), reranking));
            assertThat(reranker.read).hasSize(1);
        }
    }

    @Test
    void aPassageThatTheAskerMayNotReadIsNotPutIntoAPrompt() {
        var placement = new ContextPacking(EchoModel.GROUNDING, new EchoModel(100));
        assertThat(placement.place(ask(ANN), List.of(PASSAGE)).passages()).hasSize(1);
        isRefused(() -> placement.place(ask(BEN), List.of(PASSAGE)));
    }

    @Test
    void aPassageThatTheAskerMayNotReadIsNotCited() {
        var document = Document.of("a.md", "A", "one two", Readers.everyone());
        var embedder = HashedWords.usual();
        try (var index =
                PassageIndex.open(
                        root,
                        Documents.of(List.of(document)),
                        IndexSettings.usual(),
                        Optional.of(embedder),
                        Progress.silent())) {
            var responder =
                    new RetrievalResponder(
                            new Retriever(index, new RetrievalSettings(1, SearchMode.BM25, false)),
                            EchoModel.GROUNDING,
                            Optional.empty(),
                            new AnswerCheck(Analysis.ENGLISH, embedder, Optional.empty()),
                            new EchoModel(100));
            var placed = new ContextPacking.Placed(ask(BEN), List.of(PASSAGE), 0);
            var answer =
                    new Answer(
                            "a plan",
                            Answer.Finish.STOP,
                            new Answer.Usage(1, 0, 1),
                            List.of(),
                            Map.of(),
                            1);
            var ofAnn =
                    new RetrievalResponder.Prepared(placed, ANN, true, Answer.Omitted.none(), 0);
            assertThat(responder.sourced(answer, ofAnn).passages()).containsExactly(PASSAGE);
            var ofBen =
                    new RetrievalResponder.Prepared(placed, BEN, true, Answer.Omitted.none(), 0);
            isRefused(() -> responder.sourced(answer, ofBen));
        }
    }
}
