package dev.sartor.model.layer;

import dev.sartor.model.Linear;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What a model makes of an encoder's states: at most one of the three.
///
/// @param words tells masked words
/// @param classes tells what class a text is of
/// @param tokens tells what class each token is of: one row for each class
public record EncoderHeads(
        Optional<WordHead> words, Optional<ClassHead> classes, Optional<Linear> tokens) {
    public static EncoderHeads none() {
        return new EncoderHeads(Optional.empty(), Optional.empty(), Optional.empty());
    }

    public static EncoderHeads of(WordHead words) {
        return new EncoderHeads(Optional.of(words), Optional.empty(), Optional.empty());
    }

    public static EncoderHeads of(ClassHead classes) {
        return new EncoderHeads(Optional.empty(), Optional.of(classes), Optional.empty());
    }

    public static EncoderHeads ofTokens(Linear classes) {
        return new EncoderHeads(Optional.empty(), Optional.empty(), Optional.of(classes));
    }

    /// The layers before the last.
    public List<Linear> inner() {
        return Stream.concat(
                        words.map(WordHead::transform).stream(),
                        classes.map(ClassHead::inner).stream())
                .toList();
    }

    /// The layers that give the logits.
    public List<Linear> last() {
        return Stream.of(words.map(WordHead::words), classes.map(ClassHead::classes), tokens)
                .flatMap(Optional::stream)
                .toList();
    }

    public long normParameters() {
        return Stream.concat(
                        words.map(WordHead::norm).stream(),
                        classes.flatMap(ClassHead::norm).stream())
                .mapToLong(Norm::parameters)
                .sum();
    }
}
