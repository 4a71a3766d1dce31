package dev.sartor.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sartor.core.Answer;
import dev.sartor.core.Progress;
import dev.sartor.core.Sampling;
import dev.sartor.core.SartorException;
import dev.sartor.model.Adapters;
import dev.sartor.model.Decoder;
import dev.sartor.model.LoraAdapter;
import dev.sartor.model.RowsPass;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GeneratorTest {
    /// Two pages and a bit.
    private static final int BEGINNING = 37;

    private final Decoder decoder = TinyModel.decoder();
    private final LoraAdapter adapter = TinyModel.adapter(decoder);
    private final Scheduler scheduler = scheduler(Adapters.none());
    private final Scheduler adapted = scheduler(adapter);
    private final Generator generator = new Generator(adapted, 128, Wardrobe.same());
    private List<int[]> prompts = List.of();

    private Scheduler scheduler(Adapters adapters) {
        return scheduler(adapters, Set.of(2));
    }

    private Scheduler scheduler(Adapters adapters, Set<Integer> endings) {
        return new Scheduler(decoder, DType.F32, endings, _ -> adapters);
    }

    @BeforeAll
    void makePromptsWithACommonBeginning() {
        var random = new Random(5);
        var beginning = random.ints(BEGINNING, 3, 128).toArray();
        var made = new ArrayList<int[]>();
        for (int row = 0; row < 40; row++) {
            var ids = random.ints(BEGINNING + 1 + row % 17, 3, 128).toArray();
            System.arraycopy(beginning, 0, ids, 0, BEGINNING);
            made.add(ids);
        }
        prompts = made;
    }

    @AfterAll
    void free() {
        scheduler.close();
        adapted.close();
        adapter.close();
        decoder.close();
    }

    @Test
    void aBatchAnswersAsEachPromptAlone() {
        var together = complete(prompts);
        for (int i = 0; i < prompts.size(); i++) {
            var alone = complete(List.of(prompts.get(i))).getFirst();
            assertThat(text(together.get(i)).ids()).isEqualTo(text(alone).ids());
            assertThat(text(together.get(i)).finish()).isEqualTo(text(alone).finish());
            assertThat(together.get(i).cachedTokens()).isGreaterThanOrEqualTo(i == 0 ? 0 : 32);
        }
    }

    @Test
    void aTokenThatEndsTheTurnEndsTheAnswerAndIsNoPartOfIt() {
        var texts = complete(prompts).stream().map(done -> text(done).ids()).toList();
        int ending = texts.getFirst()[5];
        try (var ended = scheduler(adapter, Set.of(ending))) {
            var batch = prompts.stream().map(GeneratorTest::free).toList();
            var done =
                    new Generator(ended, 128, Wardrobe.same()).complete(batch, List.of(), silent());
            for (int i = 0; i < texts.size(); i++) {
                int at = Arrays.stream(texts.get(i)).boxed().toList().indexOf(ending);
                var expected = at < 0 ? texts.get(i) : Arrays.copyOf(texts.get(i), at);
                assertThat(text(done.get(i)).ids()).isEqualTo(expected);
                assertThat(text(done.get(i)).finish())
                        .isEqualTo(at < 0 ? Answer.Finish.LENGTH : Answer.Finish.STOP);
            }
        }
    }

    @Test
    void theSinkSeesEveryTokenAndMayEndTheAnswer() {
        var seen = new ArrayList<Integer>();
        var prompt =
                Prompt.free(
                        prompts.getFirst(),
                        20,
                        Sampling.greedy(),
                        token -> seen.add(token) && seen.size() < 3);
        var done = text(bare().complete(List.of(prompt), List.of(), silent()).getFirst());
        assertThat(done.ids()).hasSize(3).containsExactly(seen.stream().mapToInt(i -> i).toArray());
        assertThat(done.finish()).isEqualTo(Answer.Finish.STOP);
    }

    @Test
    void theSameSeedDrawsTheSameTextAndAnotherSeedAnother() {
        assertThat(sampled(1)).isEqualTo(sampled(1)).isNotEqualTo(sampled(2));
    }

    private int[] sampled(long seed) {
        var sampling = Sampling.greedy().withTemperature(1.5).withTopP(0.95).withSeed(seed);
        var prompt = Prompt.free(prompts.getFirst(), 20, sampling, TokenSink.all());
        return text(bare().complete(List.of(prompt), List.of(), silent()).getFirst()).ids();
    }

    @Test
    void aPromptLongerThanTheContextIsRefused() {
        var prompt = Prompt.free(new int[120], 20, Sampling.greedy(), TokenSink.all());
        assertThatThrownBy(() -> bare().complete(List.of(prompt), List.of(), silent()))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("120 tokens")
                .hasMessageContaining("context of 128");
    }

    @Test
    void aLimitBeyondEveryNumberIsRefusedAndDisturbsNobody() {
        var running = free(prompts.getFirst());
        var endless =
                Prompt.free(
                        prompts.getLast(), Integer.MAX_VALUE, Sampling.greedy(), TokenSink.all());
        assertThatThrownBy(() -> bare().complete(List.of(running, endless), List.of(), silent()))
                .isInstanceOfSatisfying(
                        SartorException.class, e -> assertThat(e.isTooLong()).isTrue());
        var after = bare().complete(List.of(running), List.of(), silent()).getFirst();
        assertThat(text(after).ids()).hasSize(12);
    }

    @Test
    void choicesScoreAsTheirTokensOneByOne() {
        var choices =
                List.of(
                        new int[] {4, 5, 2},
                        new int[] {4, 6, 2},
                        new int[] {90, 2},
                        new int[] {4, 2});
        var scored = scored(prompts.stream().map(Prompt::scored).toList(), choices);
        for (int i = 0; i < prompts.size(); i++) {
            for (int c = 0; c < choices.size(); c++) {
                var expected = logLikelihood(prompts.get(i), choices.get(c));
                assertThat(scored.get(i).logLikelihoods()[c]).isCloseTo(expected, within(1e-4));
            }
        }
    }

    @Test
    void textAndChoicesOfOnePromptAreThoseOfEachAlone() {
        var choices = List.of(new int[] {4, 5, 2}, new int[] {90, 2});
        var both = scored(prompts.stream().map(p -> free(p)).toList(), choices);
        var texts = complete(prompts);
        var scores = scored(prompts.stream().map(Prompt::scored).toList(), choices);
        for (int i = 0; i < prompts.size(); i++) {
            assertThat(text(both.get(i)).ids()).isEqualTo(text(texts.get(i)).ids());
            assertThat(both.get(i).logLikelihoods())
                    .containsExactly(
                            scores.get(i).logLikelihoods(),
                            within(1e-5)); // fp32 sums in another order
        }
    }

    private List<Completion> scored(List<Prompt> batch, List<int[]> choices) {
        return generator.complete(batch, choices, silent());
    }

    private static Completion.Text text(Completion done) {
        return done.text().orElseThrow();
    }

    private Generator bare() {
        return new Generator(scheduler, 128, Wardrobe.same());
    }

    private static Prompt free(int[] ids) {
        return Prompt.free(ids, 12, Sampling.greedy(), TokenSink.all());
    }

    private double logLikelihood(int[] prompt, int[] continuation) {
        var ids =
                java.util.stream.IntStream.concat(
                                java.util.Arrays.stream(prompt),
                                java.util.Arrays.stream(continuation))
                        .toArray();
        return Engine.call(() -> {
            try (var _ = TensorScope.open()) {
                var pass = RowsPass.of(0, 1, ids.length, DType.F32);
                var logits =
                        decoder.logits(
                                decoder.hidden(Tensors.indices(ids), pass, adapter), adapter);
                var logs = logits.logSoftmax(-1).toFloats();
                double sum = 0;
                for (int i = prompt.length; i < ids.length; i++) {
                    sum += logs[(i - 1) * decoder.vocabulary() + ids[i]];
                }
                return sum;
            }
        });
    }

    private List<Completion> complete(List<int[]> ids) {
        var batch =
                ids.stream()
                        .map(p -> Prompt.free(p, 12, Sampling.greedy(), TokenSink.all()))
                        .toList();
        return generator.complete(batch, List.of(), silent());
    }

    private static Progress.Step silent() {
        return Progress.silent().begin("", 0, "");
    }
}
