package dev.sartor.tokenizer.subword;

import dev.sartor.core.SartorException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// The tokens by number and the numbers by token. Immutable once built.
public final class Vocabulary {
    private final Map<String, Integer> ids;
    private final String[] tokens;

    private Vocabulary(Map<String, Integer> ids, String[] tokens) {
        this.ids = ids;
        this.tokens = tokens;
    }

    /// @param tokens by number; of a token that stands there twice the first number counts
    public static Vocabulary of(List<String> tokens) {
        var ids = new HashMap<String, Integer>(tokens.size() * 2);
        for (int i = 0; i < tokens.size(); i++) {
            ids.putIfAbsent(tokens.get(i), i);
        }
        return new Vocabulary(ids, tokens.toArray(String[]::new));
    }

    /// @param what names the vocabulary in an error
    public static Vocabulary of(Map<String, Integer> ids, String what) {
        int most = 0;
        for (int id : ids.values()) {
            if (id < 0 || id > 1 << 24) {
                throw SartorException.user(what + " gives a token the number " + id + ".");
            }
            most = Math.max(most, id + 1);
        }
        var tokens = new String[most];
        Arrays.fill(tokens, "");
        ids.forEach((token, id) -> tokens[id] = token);
        return new Vocabulary(ids, tokens);
    }

    public int size() {
        return tokens.length;
    }

    public OptionalInt id(String token) {
        var id = Optional.ofNullable(ids.get(token));
        return id.isPresent() ? OptionalInt.of(id.get()) : OptionalInt.empty();
    }

    /// Empty for a number that is not given to any token.
    public String token(int id) {
        return id >= 0 && id < tokens.length ? tokens[id] : "";
    }
}
