package dev.sartor.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sartor.core.Answer;
import dev.sartor.core.AnswerForm;
import dev.sartor.core.Json;
import dev.sartor.core.Message;
import dev.sartor.core.Principal;
import dev.sartor.core.Question;
import dev.sartor.core.Responder;
import dev.sartor.core.Sampling;
import dev.sartor.core.SartorException;
import dev.sartor.core.TokenScore;
import dev.sartor.core.work.Progress;
import dev.sartor.hub.Hub;
import dev.sartor.hub.cache.Caches;
import dev.sartor.hub.catalogue.Gate;
import dev.sartor.hub.environment.Use;
import dev.sartor.model.Precision;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// SmolLM2 held to forms: whatever it would rather say, the answer has the form.
@Tag("models")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FormedAnswersTest {
    private static final String PERSON =
            """
            {"type": "object", "additionalProperties": false, "required": ["name", "age", "colour"],
             "properties": {"name": {"type": "string", "maxLength": 20},
                            "age": {"type": "integer", "minimum": 18, "maximum": 90},
                            "colour": {"enum": ["red", "green"]}}}\
            """;

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
    void anAnswerUnderASchemaIsValidWhateverTheChance() {
        var form = new AnswerForm.JsonText(Json.mapper().readTree(PERSON), 60);
        var questions = new ArrayList<Question>();
        for (int seed = 0; seed < 8; seed++) {
            var sampling = Sampling.greedy().withTemperature(1.5).withSeed(seed);
            questions.add(question("Invent a person.", form, sampling));
        }
        for (var answer : responder.answer(questions, Progress.silent())) {
            var person = Json.mapper().readTree(answer.text());
            assertThat(person.propertyNames()).containsExactlyInAnyOrder("name", "age", "colour");
            assertThat(person.get("name").stringValue().length()).isLessThanOrEqualTo(20);
            assertThat(person.get("age").intValue()).isBetween(18, 90);
            assertThat(person.get("colour").stringValue()).isIn("red", "green");
            assertThat(answer.finish()).isEqualTo(Answer.Finish.STOP);
            assertThat(answer.usage().completionTokens()).isLessThanOrEqualTo(60);
        }
    }

    /// The blank at the text's beginning is the form's, and stays.
    @Test
    void anAnswerUnderAnExpressionMatchesAsAWhole() {
        var regex = " (North|South) [0-9]{2,40}";
        for (int limit : new int[] {4, 9, 64}) {
            var form = new AnswerForm.Matching(regex, limit);
            var answer = one(question("Where is it?", form, Sampling.greedy()));
            assertThat(answer.text()).matches(regex);
            assertThat(answer.finish()).isEqualTo(Answer.Finish.STOP);
            assertThat(answer.usage().completionTokens()).isLessThanOrEqualTo(limit);
        }
    }

    @Test
    void streamedPiecesAreTheAnswer() {
        var form = new AnswerForm.JsonText(Json.mapper().readTree(PERSON), 60);
        var question = question("Invent a person.", form, Sampling.greedy());
        var said = new StringBuilder();
        var answer = responder.stream(question, said::append);
        assertThat(said.toString()).isEqualTo(answer.text()).isEqualTo(one(question).text());
    }

    @Test
    void formsFreeTextAndLabelsStandInOneBatch() {
        var questions =
                List.of(
                        question(
                                "Say yes.",
                                new AnswerForm.OneOf(List.of("yes", "no")),
                                Sampling.greedy()),
                        question(
                                "Say yes.",
                                new AnswerForm.Matching("[a-c]{3}", 8),
                                Sampling.greedy()),
                        question("Say yes.", new AnswerForm.FreeText(5), Sampling.greedy()),
                        question("Say yes.", AnswerForm.JsonText.any(12), Sampling.greedy()));
        var answers = responder.answer(questions, Progress.silent());
        assertThat(answers.get(0).text()).isIn("yes", "no");
        assertThat(answers.get(0).labelScores()).containsOnlyKeys("yes", "no");
        assertThat(answers.get(1).text()).matches("[a-c]{3}");
        assertThat(answers.get(2).text()).isNotEmpty();
        Json.mapper().readTree(answers.get(3).text());
        for (int i = 0; i < questions.size(); i++) {
            assertThat(answers.get(i).text()).isEqualTo(one(questions.get(i)).text());
        }
    }

    @Test
    void whatCannotBeHeldIsRefusedByName() {
        var stop = Sampling.greedy().withStop(List.of("}"));
        refused("[a-c]{3}", 8, stop, "stop must be empty for an answer whose form is given");
        refused("[a-c]{300}", 8, Sampling.greedy(), "max_tokens must be at least");
        refused("(?=a)b", 8, Sampling.greedy(), "(?=");
    }

    private void refused(String regex, int limit, Sampling sampling, String message) {
        var question = question("Go.", new AnswerForm.Matching(regex, limit), sampling);
        assertThatThrownBy(() -> one(question))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining(message);
        assertThatThrownBy(() -> responder.stream(question, _ -> {}))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining(message);
    }

    /// Of a greedy text each token is the likeliest; the model's own distribution is told, whatever the form allows.
    @Test
    void logProbabilitiesAreOfTheTextsTokens() {
        var sampling = Sampling.greedy().withTopLogProbabilities(3);
        var free = one(question("Name a colour.", new AnswerForm.FreeText(12), sampling));
        assertThat(spoken(free.tokenScores()).strip()).isEqualTo(free.text());
        assertThat(free.tokenScores()).hasSize(free.usage().completionTokens());
        for (var score : free.tokenScores()) {
            assertThat(score.top()).hasSize(3);
            assertThat(score.top().getFirst()).isEqualTo(score.token());
            assertThat(score.top().stream().map(TokenScore.Scored::logProbability))
                    .isSortedAccordingTo(Comparator.reverseOrder());
            assertThat(score.top().stream().mapToDouble(t -> Math.exp(t.logProbability())).sum())
                    .isLessThanOrEqualTo(1 + 1e-6);
        }
        var form = new AnswerForm.Matching("[x-z]{4}", 8);
        var formed = one(question("Name a colour.", form, sampling));
        assertThat(spoken(formed.tokenScores())).isEqualTo(formed.text());
        var first = formed.tokenScores().getFirst();
        assertThat(first.token().logProbability())
                .isLessThan(first.top().getFirst().logProbability());
        assertThat(first.top().getFirst().logProbability())
                .isCloseTo(
                        free.tokenScores().getFirst().token().logProbability(),
                        within(0.15)); // bf16: the prompt's beginning is shared the second time
        assertThat(one(question("Hi", new AnswerForm.FreeText(3), Sampling.greedy())).tokenScores())
                .isEmpty();
    }

    private static String spoken(List<TokenScore> scores) {
        var bytes = new ByteArrayOutputStream();
        scores.forEach(score -> score.token().bytes().forEach(bytes::write));
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private Answer one(Question question) {
        return responder.answer(List.of(question), Progress.silent()).getFirst();
    }

    private static Question question(String text, AnswerForm form, Sampling sampling) {
        return new Question("q", List.of(Message.user(text)), form, sampling, Principal.local());
    }
}
