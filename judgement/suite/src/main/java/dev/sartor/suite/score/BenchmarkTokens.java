package dev.sartor.suite.score;

import dev.sartor.core.SartorException;
import dev.sartor.suite.python.PythonText;
import dev.sartor.suite.task.BenchmarkItem;
import dev.sartor.tokenizer.Tokenizer;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/// Texts as the tokens that lm-eval's `models/huggingface.py` and `api/model.py` make of them. A benchmark's text is trusted, as it
/// is there: a control token's string is a control token.
final class BenchmarkTokens {
    private final Tokenizer tokenizer;
    private final int context;
    private final Optional<Integer> prefix;

    /// @param context the most tokens that the model reads
    BenchmarkTokens(Tokenizer tokenizer, int context) {
        this.tokenizer = tokenizer;
        this.context = context;
        var settings = tokenizer.settings();
        this.prefix =
                settings.beginning().isPresent()
                        ? Optional.of(settings.beginning().getAsInt())
                        : settings.ends().stream().findFirst();
    }

    /// Tokens that are read, and those that are scored behind them.
    ///
    /// @param prompt at least one
    /// @param scored at least one
    record Pair(int[] prompt, int[] scored) {}

    /// `tok_encode`: with the tokens that the model expects around a text, but for a text that begins with one.
    private int[] encoded(String text) {
        boolean isBegun = prefix.filter(id -> text.startsWith(tokenizer.token(id))).isPresent();
        return tokenizer.encodeTrusted(text, !isBegun).ids();
    }

    /// `_encode_pair`: blanks at the context's end belong to the continuation, both are encoded as one text and cut where the context's
    /// own tokens end; then the left end is cut off, so that all but the last token fit the model.
    Pair pair(BenchmarkItem.Continuation asked) {
        if (asked.context().isEmpty()) {
            return cut(behindPrefix(asked));
        }
        var context = PythonText.stripEnd(asked.context());
        var whole = encoded(asked.context() + asked.text());
        var read = encoded(context);
        return cut(
                new Pair(
                        read,
                        Arrays.copyOfRange(
                                whole, Math.min(read.length, whole.length), whole.length)));
    }

    private Pair behindPrefix(BenchmarkItem.Continuation asked) {
        var ids = tokenizer.encodeTrusted(asked.text(), false).ids();
        int first = prefix.orElseThrow(BenchmarkTokens::noPrefix);
        return ids.length > 0 && ids[0] == first
                ? new Pair(new int[] {first}, Arrays.copyOfRange(ids, 1, ids.length))
                : new Pair(new int[] {first}, ids);
    }

    private static SartorException noPrefix() {
        return SartorException.user(
                "an item has nothing before its continuation, and the model's tokenizer has neither a bos nor an eos token to"
                        + " stand there: take another model or leave the item out");
    }

    private Pair cut(Pair pair) {
        if (pair.prompt.length == 0 || pair.scored.length == 0) {
            throw SartorException.user(
                    "a text before or behind a continuation has no token of its own: correct the row, or leave it out");
        }
        if (pair.scored.length > context) {
            throw SartorException.user(
                    "a continuation has "
                            + pair.scored.length
                            + " tokens, and the model reads "
                            + context
                            + ": take a model with a longer context, or leave the item out");
        }
        int kept = Math.min(pair.prompt.length, context + 1 - pair.scored.length);
        return new Pair(
                Arrays.copyOfRange(pair.prompt, pair.prompt.length - kept, pair.prompt.length),
                pair.scored);
    }

    /// `tok_batch_encode` with `left_truncate_len`.
    ///
    /// @param most tokens that the answer may take
    int[] prompt(String text, int most) {
        int room = context - most;
        if (room <= 0) {
            throw SartorException.user(
                    "an answer may take "
                            + most
                            + " tokens, and the model reads "
                            + context
                            + " with its prompt: take a model with a longer context");
        }
        var ids = encoded(text);
        return Arrays.copyOfRange(ids, Math.max(0, ids.length - room), ids.length);
    }

    /// The stops of a text, and the string of the token that ends one.
    Stream<String> stops(Stream<String> given) {
        var end = tokenizer.settings().ends().stream().findFirst().map(tokenizer::token);
        return Stream.concat(given, end.stream());
    }
}
