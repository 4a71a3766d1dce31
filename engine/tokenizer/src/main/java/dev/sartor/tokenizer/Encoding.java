package dev.sartor.tokenizer;

import dev.sartor.tokenizer.subword.TokenList;

/// Tokens, and where in the text each came from (in Java's UTF-16 indices; 0 to 0 for a token that the template added).
/// Immutable.
public final class Encoding {
    private final int[] ids;
    private final int[] starts;
    private final int[] ends;
    private final int[] types;

    Encoding(TokenList tokens, int[] types) {
        this.ids = tokens.ids();
        this.starts = tokens.starts();
        this.ends = tokens.ends();
        this.types = types;
    }

    public int size() {
        return ids.length;
    }

    public int[] ids() {
        return ids.clone();
    }

    public int id(int index) {
        return ids[index];
    }

    public int start(int index) {
        return starts[index];
    }

    public int end(int index) {
        return ends[index];
    }

    /// The segment of each token (BERT's token_type_ids): 0 for the first text, and as the template says for a pair.
    public int[] types() {
        return types.clone();
    }
}
