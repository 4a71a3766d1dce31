package dev.sartor.tokenizer.subword;

import dev.sartor.tokenizer.text.AlignedText;

/// The tokens of one word.
///
/// @param starts,ends of each token in the word; where a token holds only some bytes of a character, that whole
///     character
@SuppressWarnings(
        "ArrayRecordComponent") // private to the package and never changed; kept small for the
// cache
record Pieces(int[] ids, int[] starts, int[] ends) {
    void addTo(TokenList tokens, AlignedText word) {
        for (int i = 0; i < ids.length; i++) {
            tokens.add(ids[i], word.start(starts[i]), word.end(ends[i] - 1));
        }
    }
}
