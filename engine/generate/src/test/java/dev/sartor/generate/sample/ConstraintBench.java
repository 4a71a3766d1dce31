package dev.sartor.generate.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.constrain.Constraints;
import dev.sartor.constrain.TokenTrie;
import dev.sartor.core.AnswerForm;
import dev.sartor.core.Sampling;
import dev.sartor.core.Truncation;
import dev.sartor.tokenizer.Tokenizer;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What a step costs a row: finding the allowed tokens, and taking one. Processor time of one thread. Run with
/// `-Dtiers.excluded= -Dtest=ConstraintBench -pl generate -am`.
@Tag("bench")
class ConstraintBench {
    private static final int LARGE = 150_000;
    private static final int TOKENS = 400;

    @Test
    void aStepUnderAConstraint() {
        var small = TokenTrie.of(JsonSchemaAnswersTest.smolLm2());
        constrained("49,152 tokens", small);
        constrained("150,000 tokens", large(JsonSchemaAnswersTest.smolLm2()));
    }

    @Test
    void aStepWithoutOne() {
        var logits = logits(49_152);
        var warm = Sampling.greedy().withTemperature(0.8);
        plain("greedy", Sampling.greedy(), logits);
        plain("temperature 0.8", warm, logits);
        plain("top-p 0.9", warm.withTopP(0.9), logits);
        plain("top-k 50", warm.with(new Truncation(50, 1, 0)), logits);
        plain("min-p 0.05", warm.with(new Truncation(0, 1, 0.05)), logits);
        plain("top-p 0.95 at 1.5", warm.withTemperature(1.5).withTopP(0.95), logits);
    }

    /// A larger one of the same kind: pairs of tokens in addition.
    private static TokenTrie large(Tokenizer tokenizer) {
        var random = new SplittableRandom(5);
        var more = new ArrayList<byte[]>();
        int own = tokenizer.vocabularySize();
        while (own + more.size() < LARGE) {
            var one = tokenizer.bytes(random.nextInt(own)).orElse(new byte[0]);
            var two = tokenizer.bytes(random.nextInt(own)).orElse(new byte[0]);
            if (one.length > 0 && one.length + two.length <= 12) {
                var both = Arrays.copyOf(one, one.length + two.length);
                System.arraycopy(two, 0, both, one.length, two.length);
                more.add(both);
            }
        }
        return TokenTrie.of(
                LARGE, t -> t < own ? tokenizer.bytes(t) : Optional.of(more.get(t - own)));
    }

    private static void constrained(String name, TokenTrie trie) {
        var forms = new ArrayList<AnswerForm>();
        forms.add(AnswerForm.JsonText.object(TOKENS));
        forms.add(new AnswerForm.Matching("([A-Z][a-z]+ ){1,40}[a-z]+\\.", TOKENS));
        JsonSchemaAnswersTest.schemas().stream()
                .filter(schema -> schema.path("properties").size() >= 3)
                .limit(20)
                .forEach(schema -> forms.add(new AnswerForm.JsonText(schema, TOKENS)));
        var logits = logits(trie.vocabulary());
        for (int round = 0; round < 3; round++) {
            // A new one each time: nothing is known of the forms yet.
            var constraints = new Constraints(trie, List.of(2));
            var first = new ArrayList<Double>();
            var later = new ArrayList<Double>();
            for (int seed = 0; seed < 10; seed++) {
                for (var form : forms) {
                    answer(constraints, form, seed, logits, seed == 0 ? first : later);
                }
            }
            report(name + ", a form's first answer", first);
            report(name + ", its later answers", later);
        }
    }

    private static void answer(
            Constraints constraints,
            AnswerForm form,
            int seed,
            float[] logits,
            List<Double> micros) {
        var constraint = constraints.of(form, TOKENS).orElseThrow();
        var sampler =
                new TokenSampler(
                        Sampling.greedy().withTemperature(1).withTopP(0.9).withSeed(seed),
                        new int[0]);
        for (int left = TOKENS; left > 0 && !constraint.isComplete(); left--) {
            long start = now();
            int token = sampler.next(logits, 0, logits.length, constraint.allowed(left));
            if (token != 2) {
                constraint.accept(token);
            }
            micros.add((now() - start) / 1e3);
            if (token == 2) {
                return;
            }
        }
    }

    private static void plain(String name, Sampling sampling, float[] logits) {
        for (int round = 0; round < 3; round++) {
            var sampler = new TokenSampler(sampling, new int[0]);
            var micros = new ArrayList<Double>();
            for (int i = 0; i < 3000; i++) {
                long start = now();
                sampler.next(logits, 0, logits.length);
                micros.add((now() - start) / 1e3);
            }
            if (round == 2) {
                report(name, micros);
            }
        }
    }

    private static long now() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static void report(String name, List<Double> micros) {
        var sorted = micros.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        assertThat(sorted).isNotEmpty();
        System.out.printf(
                Locale.ROOT,
                "%s: %d steps, mean %.1f µs, p99 %.1f µs%n",
                name,
                sorted.length,
                Arrays.stream(sorted).average().orElse(0),
                sorted[sorted.length * 99 / 100]);
    }

    /// Shaped like a language model's: most far below a few.
    private static float[] logits(int count) {
        var random = new SplittableRandom(1);
        var logits = new float[count];
        for (int i = 0; i < count; i++) {
            logits[i] = (float) random.nextGaussian(0, 3);
        }
        return logits;
    }
}
