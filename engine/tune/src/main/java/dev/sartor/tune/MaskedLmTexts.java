package dev.sartor.tune;

import dev.sartor.core.SartorException;
import dev.sartor.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Whole texts as rows of which an encoder guesses hidden words.
///
/// @param mask the token that hides
/// @param most tokens of a row, special ones among them
public record MaskedLmTexts(Tokenizer tokenizer, int mask, int most) {
    /// @throws SartorException a user's error where the tokenizer has no token that hides
    public MaskedLmTexts(Tokenizer tokenizer, String model, int most) {
        this(tokenizer, mask(tokenizer, model), most);
    }

    private static int mask(Tokenizer tokenizer, String model) {
        return Stream.of("[MASK]", "<mask>")
                .map(tokenizer::id)
                .flatMapToInt(OptionalInt::stream)
                .findFirst()
                .orElseThrow(() ->
                        SartorException.user(
                                "the tokenizer of "
                                        + model
                                        + " must have [MASK] or <mask> for words to be hidden: choose another model."));
    }

    public MaskedLmMasking masking() {
        Set<Integer> special =
                IntStream.range(0, tokenizer.vocabularySize())
                        .filter(tokenizer::isSpecial)
                        .boxed()
                        .collect(Collectors.toSet());
        return new MaskedLmMasking(mask, tokenizer.vocabularySize(), special);
    }

    /// Pieces of the text, each between the tokens that a text stands between.
    public List<MaskedRow> windows(String text) {
        var ids = tokenizer.encode(text, true);
        int before = ids.length > 0 && tokenizer.isSpecial(ids[0]) ? 1 : 0;
        int after = ids.length > before && tokenizer.isSpecial(ids[ids.length - 1]) ? 1 : 0;
        int room = most - before - after;
        var rows = new ArrayList<MaskedRow>();
        for (int from = before; from < ids.length - after; from += room) {
            int to = Math.min(ids.length - after, from + room);
            var piece = Arrays.copyOf(ids, before + to - from + after);
            System.arraycopy(ids, from, piece, before, to - from);
            System.arraycopy(ids, ids.length - after, piece, before + to - from, after);
            rows.add(MaskedRow.plain(piece));
        }
        return rows;
    }
}
