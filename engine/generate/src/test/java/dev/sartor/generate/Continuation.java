package dev.sartor.generate;

import dev.sartor.tokenizer.Tokenizer;
import java.util.Arrays;

/// A text that may follow a context, in tokens as lm-evaluation-harness has them: the context's trailing blanks go to the
/// continuation, and of the tokens of both together those after as many as the context alone has are the continuation's.
///
/// @param prompt what stands before
public record Continuation(int[] prompt, int[] tokens) {
    public static Continuation of(Tokenizer tokenizer, String context, String continuation) {
        var bare = context.stripTrailing();
        var whole = tokenizer.encode(context + continuation, false);
        int split = tokenizer.encode(bare, false).length;
        return new Continuation(
                Arrays.copyOf(whole, split), Arrays.copyOfRange(whole, split, whole.length));
    }
}
