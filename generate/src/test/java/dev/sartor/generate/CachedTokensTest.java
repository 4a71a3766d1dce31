package dev.sartor.generate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.core.AnswerForm;
import dev.sartor.core.Message;
import dev.sartor.core.Principal;
import dev.sartor.core.Progress;
import dev.sartor.core.Question;
import dev.sartor.core.Responder;
import dev.sartor.core.Sampling;
import dev.sartor.hub.Caches;
import dev.sartor.hub.Gate;
import dev.sartor.hub.Hub;
import dev.sartor.hub.Use;
import dev.sartor.model.Precision;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// The count of cached tokens tells an asker what he asked himself, and what is everyone's; nothing of others.
@Tag("models")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CachedTokensTest {
    private static final Principal ANN = new Principal(Set.of("user:ann"));
    private static final Principal BOB = new Principal(Set.of("user:bob"));
    private static final String TASK =
            "You answer questions of the workshop about bicycles, their chargers, fuses, chains and"
                    + " lights. Answer in one sentence. Say that you do not know where you do not.";
    private static final List<Message> OPENING = List.of(Message.system(TASK), Message.user(""));

    private final LanguageModel model =
            LanguageModel.open(
                    "smollm2-135m-instruct",
                    Hub.open(Caches.standard(), Use.COMMERCIAL, Gate.closed())
                            .pull("smollm2-135m-instruct", Progress.silent())
                            .folder(),
                    Precision.INT8,
                    Clock.systemUTC());
    private final Responder responder = model.responder();

    @AfterAll
    void close() {
        responder.close();
        model.close();
    }

    @Test
    void aGuessedTextThatAnotherAskedLooksLikeOneThatNobodyAsked() {
        var salary = "The salary of Ms Amsel, who leads the workshop in Bergen, is 71,400 a year";
        cached(ANN, List.of(), Message.user(salary));
        int again = cached(ANN, List.of(), Message.user(salary));
        int guessed = cached(BOB, List.of(), Message.user(salary));
        int invented = cached(BOB, List.of(), Message.user(salary.replace("71,400", "83,900")));
        // What Bob asked himself counts for him: the invented text begins as his guess did.
        int fresh = cached(new Principal(Set.of("user:eve")), List.of(), Message.user(salary));
        int freshInvented =
                cached(
                        new Principal(Set.of("user:zoe")),
                        List.of(),
                        Message.user(salary.replace("71,400", "83,900")));
        assertThat(again).isGreaterThan(guessed);
        assertThat(guessed).isEqualTo(fresh).isEqualTo(freshInvented);
        assertThat(invented).isGreaterThanOrEqualTo(guessed);
    }

    @Test
    void theTasksOwnBeginningIsComputedOnceForAll() {
        var system = Message.system(TASK);
        cached(ANN, OPENING, system, Message.user("Which fuse does the charger take, and why?"));
        int other = cached(BOB, OPENING, system, Message.user("My chain fell off at the bridge."));
        assertThat(other).isGreaterThanOrEqualTo(32);
        var own = List.<Message>of(); // the same words, but as the asker's own
        var eve = new Principal(Set.of("user:eve"));
        int imitated = cached(eve, own, system, Message.user("Which fuse does it take?"));
        assertThat(imitated).isLessThan(other);
    }

    @Test
    void aLabelledQuestionTellsAsLittle() {
        var text =
                Message.user(
                        "Was the invoice of the Amsel brothers over 12,000 paid in March or not?");
        var form = new AnswerForm.OneOf(List.of("yes", "no"));
        ask(ANN, form, List.of(), text);
        assertThat(ask(ANN, form, List.of(), text)).isGreaterThan(ask(BOB, form, List.of(), text));
    }

    private int cached(Principal asker, List<Message> opening, Message... messages) {
        return ask(asker, new AnswerForm.FreeText(2), opening, messages);
    }

    private int ask(Principal asker, AnswerForm form, List<Message> opening, Message... messages) {
        var question =
                new Question("q", List.of(messages), form, Sampling.greedy(), asker)
                        .withOpening(opening);
        return responder.stream(question, piece -> {}).usage().cachedTokens();
    }
}
