package dev.sartor.retrieve.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.Answer;
import dev.sartor.core.AnswerForm;
import dev.sartor.core.Message;
import dev.sartor.core.Passage;
import dev.sartor.core.Principal;
import dev.sartor.core.Question;
import dev.sartor.core.Sampling;
import dev.sartor.core.SartorException;
import dev.sartor.core.Statement;
import dev.sartor.retrieve.Abstention;
import dev.sartor.retrieve.HashedWords;
import dev.sartor.retrieve.SearchMode;
import dev.sartor.retrieve.Shop;
import dev.sartor.retrieve.ground.EchoModel;
import dev.sartor.retrieve.ground.RetrievalResponder;
import dev.sartor.retrieve.ground.RetrievalSettings;
import dev.sartor.retrieve.ground.Retriever;
import dev.sartor.retrieve.search.Fusion;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Answers from an index that stands.
class StandingAnswersTest {
    private static final Principal HR = new Principal(Set.of("user:ann", "group:hr"));
    private static final Principal BOB = new Principal(Set.of("user:bob", "group:hr"));

    @TempDir private Path root;
    private final HashedWords embedder = HashedWords.usual();
    private final Embedding embedding = new Embedding("hashed-words", "d1", () -> embedder);

    @BeforeEach
    void shop() {
        write("returns.md", "# Returns\nShoes may be returned for thirty days.");
        write("hr/pay.md", "# Pay\nThe kettle allowance is nine euros.");
        write(".access.yaml", "{\"readers\": \"everyone\"}");
        write("hr/.access.yaml", "{\"readers\": [\"group:hr\"], \"deny\": [\"user:bob\"]}");
    }

    private void write(String path, String text) {
        new Shop(root).write(path, text);
    }

    private void index(Embedding with) {
        new Shop(root).indexWith(with);
    }

    private PersistentIndex open() {
        return PersistentIndex.open(root.resolve("index"), _ -> embedder);
    }

    private static Retriever lookup(PersistentIndex index) {
        var settings = new RetrievalSettings(1, SearchMode.HYBRID, false);
        return new Retriever(index, settings, Fusion.usual());
    }

    private static RetrievalResponder responder(PersistentIndex index, EchoModel model) {
        return new RetrievalResponder(
                lookup(index),
                EchoModel.GROUNDING,
                Optional.of(Abstention.whereNothingIsFound("unknown")),
                index.check(Optional.of("unknown")),
                model);
    }

    private static Answer ask(RetrievalResponder responder, Principal who, Message... messages) {
        var question =
                new Question(
                        "1", List.of(messages), new AnswerForm.FreeText(8), Sampling.greedy(), who);
        return responder.stream(question, _ -> {});
    }

    private static Answer ask(RetrievalResponder responder, Principal who, String text) {
        return ask(responder, who, Message.user(text));
    }

    private static List<String> documents(Answer answer) {
        return answer.passages().stream().map(Passage::document).toList();
    }

    @Test
    void eachGetsAnAnswerFromWhatHeMayRead() {
        index(Embedding.none());
        try (var index = open();
                var responder = responder(index, new EchoModel(100))) {
            var answer = ask(responder, HR, "kettle allowance");
            assertThat(answer.text())
                    .isEqualTo("The kettle allowance is nine euros. ? kettle allowance");
            assertThat(documents(answer)).containsExactly("hr/pay.md");
            for (var other : List.of(BOB, Principal.local())) {
                var denied = ask(responder, other, "kettle allowance");
                assertThat(denied.text()).isEqualTo("unknown");
                assertThat(denied.passages()).isEmpty();
            }
        }
    }

    @Test
    void anAnswerStandsOnTheLastCommitWithItsEmbedderOfThen() {
        index(embedding);
        try (var index = open();
                var responder = responder(index, new EchoModel(100))) {
            assertThat(ask(responder, HR, "shoes returned days").text()).contains("thirty");
            write("returns.md", "# Returns\nShoes may be returned for ninety days.");
            write("hr/.access.yaml", "{\"readers\": [\"group:board\"]}");
            index(new Embedding("hashed-words", "d2", () -> embedder));
            assertThat(ask(responder, HR, "shoes returned days").text()).contains("ninety");
            assertThat(documents(ask(responder, HR, "kettle allowance")))
                    .doesNotContain("hr/pay.md");
            index(Embedding.none());
            assertThat(ask(responder, HR, "shoes returned days").text()).contains("ninety");
        }
    }

    @Test
    void sentencesAreCheckedByTheIndexsOwnWordsAndEmbedder() {
        // Five of the second one's seven words stand there; its similarity makes up for the others.
        var said =
                "Shoes may be returned. Shoes may be returned for thirty long days today. It is raining.";
        index(embedding);
        try (var index = open();
                var responder = responder(index, new EchoModel(100).saying(said))) {
            assertThat(supported(ask(responder, HR, "shoes returned days")))
                    .containsExactly(true, true, false);
            index(Embedding.none());
            assertThat(supported(ask(responder, HR, "shoes returned days")))
                    .as("by words alone")
                    .containsExactly(true, false, false);
        }
    }

    private static List<Boolean> supported(Answer answer) {
        return answer.statements().stream().map(Statement::isSupported).toList();
    }

    @Test
    void aQuestionOfAConversationIsLookedUpWithTheOnesBefore() {
        index(Embedding.none());
        try (var index = open();
                var responder = responder(index, new EchoModel(100))) {
            assertThat(documents(ask(responder, HR, "And how much is it?"))).isEmpty();
            var answer =
                    ask(
                            responder,
                            HR,
                            Message.user("Is there a kettle allowance?"),
                            Message.assistant("Yes."),
                            Message.user("And how much is it?"));
            assertThat(documents(answer)).containsExactly("hr/pay.md");
        }
    }

    @Test
    void nearnessIsThatOfWhatTheAskerMayRead() {
        index(embedding);
        try (var index = open()) {
            var asked = "The kettle allowance is nine euros.";
            var hr = nearness(index, HR, asked);
            assertThat(hr).isGreaterThan(nearness(index, Principal.local(), asked));
        }
        index(Embedding.none());
        try (var index = open()) {
            assertThatThrownBy(() -> nearness(index, HR, "kettle"))
                    .isInstanceOf(SartorException.class)
                    .hasMessageContaining("bm25");
        }
    }

    private static double nearness(PersistentIndex index, Principal who, String text) {
        var question =
                new Question(
                        "1",
                        List.of(Message.user(text)),
                        new AnswerForm.FreeText(8),
                        Sampling.greedy(),
                        who);
        return lookup(index).nearness(List.of(question)).getFirst();
    }
}
