package dev.sartor.generate.seq2seq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sartor.core.Answer;
import dev.sartor.core.AnswerForm;
import dev.sartor.core.Json;
import dev.sartor.core.Message;
import dev.sartor.core.Principal;
import dev.sartor.core.Question;
import dev.sartor.core.Sampling;
import dev.sartor.core.SartorException;
import dev.sartor.core.work.Progress;
import dev.sartor.generate.TestFiles;
import dev.sartor.generate.schedule.TokenSink;
import dev.sartor.model.Adapters;
import dev.sartor.tensor.DType;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/// A tiny T5 against what transformers answers.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TextToTextModelTest {
    private static final Path FOLDER = TestFiles.folder("/reference/text-to-text/reference.json");
    private static final JsonNode REFERENCE = Json.read(FOLDER.resolve("reference.json"));

    private final TextToTextModel model = open();

    private static TextToTextModel open() {
        return TextToTextModel.open("tiny", FOLDER, DType.F32, Clock.systemUTC());
    }

    @AfterAll
    void close() {
        model.close();
    }

    @Test
    void readsTheTokensThatTransformersReads() {
        for (var row : REFERENCE.get("rows")) {
            assertThat(model.prompt(List.of(Message.user(row.get("text").asString()))))
                    .isEqualTo(ints(row.get("ids")));
        }
    }

    @Test
    void saysTheGreedyTokensOfTransformersAllTextsAtOnce() {
        var wanted = new ArrayList<SequenceGenerator.Wanted>();
        for (var row : REFERENCE.get("rows")) {
            wanted.add(
                    new SequenceGenerator.Wanted(
                            ints(row.get("ids")), 10, Sampling.greedy(), TokenSink.all()));
        }
        var said = generator().write(wanted, Progress.silent().begin("", wanted.size(), ""));
        for (int i = 0; i < said.size(); i++) {
            var expected =
                    IntStream.of(ints(REFERENCE.get("rows").get(i).get("greedy")))
                            .takeWhile(id -> id != 1)
                            .toArray();
            assertThat(said.get(i).ids()).isEqualTo(expected);
        }
    }

    @Test
    void choicesHaveTheLogLikelihoodsOfTransformers() {
        var labels = REFERENCE.get("choices").valueStream().map(JsonNode::asString).toList();
        var form = new AnswerForm.OneOf(labels);
        var questions = new ArrayList<Question>();
        REFERENCE.get("rows").forEach(row -> questions.add(question(row.get("text"), form)));
        try (var responder = model.responder()) {
            var answers = responder.answer(questions, Progress.silent());
            for (int i = 0; i < answers.size(); i++) {
                var scores = answers.get(i).labelScores();
                var expected = REFERENCE.get("rows").get(i).get("log_likelihoods");
                for (int c = 0; c < labels.size(); c++) {
                    assertThat(Objects.requireNonNull(scores.get(labels.get(c))))
                            .isCloseTo(expected.get(c).doubleValue(), within(2e-4));
                }
                var best = Objects.requireNonNull(scores.get(answers.get(i).text()));
                assertThat(scores.values()).allMatch(score -> score <= best);
            }
        }
    }

    @Test
    void freeTextAndLabelsAreAnsweredInTheirPlacesAndStreamedPiecesAreTheAnswer() {
        var rows = REFERENCE.get("rows");
        var free = question(rows.get(0).get("text"), new AnswerForm.FreeText(10));
        var label = question(rows.get(1).get("text"), new AnswerForm.OneOf(List.of("yes", "no")));
        try (var responder = model.responder()) {
            var answers = responder.answer(List.of(label, free), Progress.silent());
            assertThat(answers.get(0).text()).isIn("yes", "no");
            assertThat(answers.get(1).text()).isEqualTo(rows.get(0).get("answer").asString());
            assertThat(answers.get(1).finish()).isEqualTo(Answer.Finish.LENGTH);
            var said = new StringBuilder();
            var streamed = responder.stream(free, said::append);
            assertThat(said.toString().strip()).isEqualTo(streamed.text());
            assertThat(streamed.text()).isEqualTo(answers.get(1).text());
        }
    }

    @Test
    void theSameSeedSamplesTheSameText() {
        var rows = REFERENCE.get("rows");
        try (var responder = model.responder()) {
            var texts = new ArrayList<String>();
            for (long seed : new long[] {1, 1, 2}) {
                var question =
                        new Question(
                                "q",
                                List.of(Message.user(rows.get(0).get("text").asString())),
                                new AnswerForm.FreeText(10),
                                Sampling.greedy()
                                        .withTemperature(1.5)
                                        .withTopP(0.95)
                                        .withSeed(seed),
                                Principal.local());
                texts.add(responder.answer(List.of(question), Progress.silent()).getFirst().text());
            }
            assertThat(texts.get(1)).isEqualTo(texts.get(0));
            assertThat(texts.get(2)).isNotEqualTo(texts.get(0));
        }
    }

    @Test
    void aFormThatItCannotKeepIsRefused() {
        var question =
                question(
                        REFERENCE.get("rows").get(0).get("text"), new AnswerForm.Matching("a+", 5));
        try (var responder = model.responder()) {
            assertThatThrownBy(() -> responder.answer(List.of(question), Progress.silent()))
                    .isInstanceOf(SartorException.class)
                    .hasMessageContaining("free text or one of given labels");
            assertThatThrownBy(() -> responder.stream(question, _ -> {}))
                    .isInstanceOf(SartorException.class);
        }
    }

    @Test
    void aTextLongerThanTheModelReadsIsRefused() {
        assertThatThrownBy(() -> model.prompt(List.of(Message.user("cat ".repeat(5000)))))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("more than the 4096 that the model reads");
    }

    private SequenceGenerator generator() {
        return new SequenceGenerator(model.network(), Adapters.none(), model.endings());
    }

    private static Question question(JsonNode text, AnswerForm form) {
        return new Question(
                "q",
                List.of(Message.user(text.asString())),
                form,
                Sampling.greedy(),
                Principal.local());
    }

    private static int[] ints(JsonNode array) {
        return IntStream.range(0, array.size()).map(i -> array.get(i).intValue()).toArray();
    }
}
