package dev.sartor.generate.sample;

import dev.sartor.constrain.Constraints;
import dev.sartor.constrain.TokenTrie;
import dev.sartor.core.AnswerForm;
import dev.sartor.core.Sampling;
import dev.sartor.core.SartorException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;

/// Answers of a model that knows nothing: random logits at temperature 1.5, held to a form. Some do their worst.
public final class RandomAnswers {
    /// What the model would like best.
    public enum Wish {
        NOTHING,
        NEVER_TO_END,
        BLANKS,
        NESTING,
        NUMBERS
    }

    static final List<Wish> WISHES = List.of(Wish.values());

    private static final int ROWS = 8;

    private final TokenTrie trie;
    private final int end;
    private final Constraints constraints;
    private final float[][] noise;
    private final Map<Wish, float[]> wishes = new EnumMap<>(Wish.class);

    /// @param end the token that ends a turn
    public RandomAnswers(TokenTrie trie, int end) {
        this.trie = trie;
        this.end = end;
        this.constraints = new Constraints(trie, List.of(end));
        var random = new SplittableRandom(2);
        this.noise = new float[ROWS][trie.vocabulary()];
        for (var row : noise) {
            for (int token = 0; token < row.length; token++) {
                row[token] = (float) random.nextGaussian(0, 3);
            }
        }
        for (var wish : WISHES) {
            var likings = new float[trie.vocabulary()];
            for (int token = 0; token < likings.length; token++) {
                likings[token] = liking(wish, token);
            }
            wishes.put(wish, likings);
        }
    }

    private float liking(Wish wish, int token) {
        var text = new String(trie.bytes(token), StandardCharsets.ISO_8859_1);
        return switch (wish) {
            case NOTHING -> 0;
            case NEVER_TO_END -> token == end || text.matches("(?s).*[]}\"].*") ? -30 : 0;
            case BLANKS -> text.isBlank() && token != end ? 20 : 0;
            case NESTING -> text.matches("(?s).*[{\\[].*") ? 20 : 0;
            case NUMBERS -> text.matches("[0-9.eE+-]+") ? 20 : 0;
        };
    }

    Constraints constraints() {
        return constraints;
    }

    /// How many tokens are enough.
    public int least(AnswerForm form) {
        try {
            return constraints.of(form, 0).orElseThrow().tokensToClose();
        } catch (SartorException e) {
            var message = e.getMessage();
            if (message == null || !message.startsWith("max_tokens must be at least ")) {
                throw e;
            }
            return Integer.parseInt(message.split(" ", -1)[5]);
        }
    }

    /// One answer's text.
    public String answer(AnswerForm form, int maxTokens, Wish wish, long seed) {
        var constraint = constraints.of(form, maxTokens).orElseThrow();
        var sampler =
                new TokenSampler(Sampling.greedy().withTemperature(1.5).withSeed(seed), new int[0]);
        var random = new SplittableRandom(seed);
        var bytes = new ByteArrayOutputStream();
        var logits = new float[trie.vocabulary()];
        for (int left = maxTokens; left > 0 && !constraint.isComplete(); left--) {
            var row = noise[random.nextInt(ROWS)];
            var likings = Objects.requireNonNull(wishes.get(wish));
            for (int token = 0; token < logits.length; token++) {
                logits[token] = row[token] + likings[token];
            }
            int token = sampler.next(logits, 0, logits.length, constraint.allowed(left));
            if (token == end) {
                break;
            }
            bytes.writeBytes(trie.bytes(token));
            constraint.accept(token);
        }
        if (!constraint.mayEnd()) {
            throw new AssertionError("not closed: " + bytes.toString(StandardCharsets.UTF_8));
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
