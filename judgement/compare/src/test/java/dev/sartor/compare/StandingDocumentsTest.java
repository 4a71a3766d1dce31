package dev.sartor.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.compare.approach.Desk;
import dev.sartor.compare.verdict.TaskResult;
import dev.sartor.core.Answer;
import dev.sartor.core.AnswerForm;
import dev.sartor.core.Message;
import dev.sartor.core.Passage;
import dev.sartor.core.Principal;
import dev.sartor.core.Question;
import dev.sartor.core.Sampling;
import dev.sartor.core.SartorException;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.retrieve.index.Embedding;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A project whose documents are an index that stands: the last item's price is for sales alone.
class StandingDocumentsTest {
    private static final String MODEL = "all-minilm-l6-v2";
    private static final Principal SALES = new Principal(Set.of("group:sales"));
    private static final String PROJECT =
            Desk.PROJECT
                    .replace("documents: documents", "documents: shelf")
                    .replaceFirst("approaches: .*", "approaches: [retrieval, tune+retrieval]")
                    .replaceFirst("(?s)  - name: route.*?(  - name: answer)", "$1");

    @TempDir Path folder;
    private Desk desk;

    @BeforeEach
    void index() {
        desk = new Desk(folder);
        AtomicFile.write(folder.resolve("documents/.access.yaml"), "{\"readers\": \"everyone\"}");
        AtomicFile.write(
                folder.resolve("documents/item29.md.access.yaml"),
                "{\"readers\": [\"group:sales\"]}");
        AtomicFile.write(
                folder.resolve("documents/item0.md.access.yaml"), "{\"deny\": [\"user:bob\"]}");
        desk.index(new Embedding(MODEL, desk.engines.digest(MODEL), WordEmbedder::new));
    }

    private TaskResult compared(String yaml) {
        return desk.compare(yaml).tasks().getFirst();
    }

    private Answer asked(Principal who, String text) {
        var run = Runs.of(folder).find("answer/retrieval");
        try (var candidate =
                Candidate.open(desk.project(PROJECT), folder, run, desk.circumstances())) {
            var question =
                    new Question(
                            "now",
                            List.of(Message.user(text)),
                            new AnswerForm.FreeText(8),
                            Sampling.greedy(),
                            who);
            return candidate.responder().stream(question, _ -> {});
        }
    }

    private static List<String> documents(Answer answer) {
        return answer.passages().stream().map(Passage::document).toList();
    }

    @Test
    void candidatesAreMeasuredByWhatIsForEveryoneAndShowEachAskerHisOwn() {
        var result = compared(PROJECT);
        // Of 12 test questions one has its answer in a document that is not for everyone.
        assertThat(result.candidate("retrieval").score().value()).isBetween(0.5, 11.0 / 12);
        assertThat(result.candidate("retrieval").answers().toString())
                .contains("item28.md")
                .doesNotContain("item29.md");
        assertThat(documents(asked(SALES, "What is the price of item29"))).contains("item29.md");
        assertThat(documents(asked(Principal.local(), "What is the price of item29")))
                .isNotEmpty()
                .doesNotContain("item29.md");
    }

    @Test
    void aChangedIndexIsMeasuredAnew() {
        var before = compared(PROJECT).candidate("retrieval").run();
        assertThat(compared(PROJECT).candidate("retrieval").run()).isEqualTo(before);
        AtomicFile.write(
                folder.resolve("documents/item29.md.access.yaml"), "{\"readers\": \"everyone\"}");
        desk.index(new Embedding(MODEL, desk.engines.digest(MODEL), WordEmbedder::new));
        var after = compared(PROJECT).candidate("retrieval");
        assertThat(after.run().id()).isNotEqualTo(before.id());
        assertThat(after.answers().toString()).contains("item29.md");
    }

    /// What is learned comes out again for whoever asks, bob too.
    @Test
    void aTrainingSeesPassagesForEveryoneAlone() {
        var yaml = PROJECT.replace("tasks:", "tune_retrieval: {own_training: true}\ntasks:");
        var result = compared(yaml);
        assertThat(result.candidate("tuned+retrieval").answers().toString()).contains("item");
        assertThat(desk.engines.request.orElseThrow().toString())
                .contains("price1\n")
                .doesNotContain("in crowns is price0");
    }

    @Test
    void settingsThatTheIndexHasOfItsOwnAreRefused() {
        assertThatThrownBy(() ->
                        desk.project(
                                PROJECT.replace(
                                        "{passages: [1, 2]}",
                                        "{passages: [1, 2], chunk_tokens: 99, language: any}")))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("retrieval.chunk_tokens is of no use: documents is an index")
                .hasMessageContaining("retrieval.language is of no use");
    }

    @Test
    void itsPiecesAreNotTakenForWholeDocuments() {
        assertThatThrownBy(() ->
                        desk.project(PROJECT.replace("[retrieval,", "[long-context, retrieval,")))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining(
                        "long-context reads documents whole, and documents is an index");
    }

    @Test
    void anIndexOfWordsAloneOrOfOtherFilesIsRefused() {
        desk.index(new Embedding(MODEL, "other", WordEmbedder::new));
        assertThatThrownBy(() -> compared(PROJECT))
                .hasMessageContaining("made with other files of all-minilm-l6-v2");
        desk.index(Embedding.none());
        assertThatThrownBy(() -> compared(PROJECT)).hasMessageContaining("holds words alone");
    }

    @Test
    void anIndexOfWhichNothingIsForWhoComparesIsRefusedBeforeAnythingStarts() {
        AtomicFile.write(
                folder.resolve("documents/.access.yaml"), "{\"readers\": [\"group:sales\"]}");
        desk.index(new Embedding(MODEL, desk.engines.digest(MODEL), WordEmbedder::new));
        var yaml = PROJECT.replace("[retrieval,", "[zero-shot, retrieval,");
        assertThatThrownBy(() -> compared(yaml))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("readable by everyone: 0 of 30")
                .hasMessageContaining("`readers: everyone` in the --access MANIFEST")
                .hasMessageContaining("nothing was started");
        assertThat(Runs.of(folder).list()).isEmpty();
        assertThat(compared(yaml.replace("[zero-shot, retrieval, tune+retrieval]", "[zero-shot]")))
                .as("what searches nothing is compared as ever")
                .isNotNull();
    }
}
