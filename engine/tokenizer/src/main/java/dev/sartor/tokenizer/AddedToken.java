package dev.sartor.tokenizer;

/// A token that is looked for in the text before anything else.
///
/// @param singleWord only where no word character touches it
/// @param leftStrip,rightStrip whether it swallows the white space on that side
/// @param normalized looked for in the normalised text, not in the original
/// @param special left out of decoded text
public record AddedToken(
        int id,
        String content,
        boolean singleWord,
        boolean leftStrip,
        boolean rightStrip,
        boolean normalized,
        boolean special) {

    /// Whether the token steers the model, so that it may not come from a user's text. Some vocabularies mark
    /// `<think>` or `<tool_response>` as ordinary; by their form they are taken for what they are.
    public boolean control() {
        return special
                || (content.length() > 2
                        && ((content.startsWith("<") && content.endsWith(">"))
                                || (content.startsWith("[") && content.endsWith("]"))));
    }
}
