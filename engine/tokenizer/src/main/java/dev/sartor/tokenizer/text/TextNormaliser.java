package dev.sartor.tokenizer.text;

import java.util.List;

/// Makes the text that the tokens are found in from the text that was given. Thread-safe.
@FunctionalInterface
public interface TextNormaliser {
    AlignedText apply(AlignedText text);

    /// What is done to the content of a token that is looked for in the normalised text.
    default TextNormaliser ofTokens() {
        return this;
    }

    static TextNormaliser none() {
        return text -> text;
    }

    static TextNormaliser sequence(List<TextNormaliser> steps) {
        return text -> {
            var result = text;
            for (var step : steps) {
                result = step.apply(result);
            }
            return result;
        };
    }
}
