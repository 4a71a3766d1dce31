package dev.sartor.tune;

import dev.sartor.core.SartorException;
import dev.sartor.tokenizer.Tokenizer;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Texts whose middle stands behind both of its sides (Bavarian et al. 2022, section 3): half of them prefix, suffix,
/// middle, half suffix, prefix, middle. Where the text is cut is drawn by characters.
///
/// @param prefix the token before what stands before the middle; likewise the others
public record FillInTheMiddle(Tokenizer tokenizer, int prefix, int suffix, int middle) {
    /// As models call them, prefix, suffix, middle.
    private static final List<List<String>> NAMES =
            List.of(
                    List.of("<|fim_prefix|>", "<|fim_suffix|>", "<|fim_middle|>"),
                    List.of("<fim_prefix>", "<fim_suffix>", "<fim_middle>"),
                    List.of("<fim-prefix>", "<fim-suffix>", "<fim-middle>"),
                    List.of("▁<PRE>", "▁<SUF>", "▁<MID>"),
                    List.of("<｜fim▁begin｜>", "<｜fim▁hole｜>", "<｜fim▁end｜>"));

    /// @throws SartorException a user's error where the model has no tokens for it
    public static FillInTheMiddle of(Tokenizer tokenizer, String model) {
        return NAMES.stream()
                .filter(names -> names.stream().allMatch(name -> tokenizer.id(name).isPresent()))
                .findFirst()
                .map(names -> {
                    var ids =
                            names.stream()
                                    .mapToInt(name -> tokenizer.id(name).orElseThrow())
                                    .toArray();
                    return new FillInTheMiddle(tokenizer, ids[0], ids[1], ids[2]);
                })
                .orElseThrow(() ->
                        SartorException.user(
                                "trainings.fim_rate must be 0 for "
                                        + model
                                        + ", whose tokenizer has no tokens for fill-in-the-middle: leave it out, or"
                                        + " choose a model for code."));
    }

    /// A text that is too long is cut into pieces first, each with a middle of its own.
    ///
    /// @param most tokens of a row
    public List<TrainingRow> windows(String text, int most, RandomGenerator random) {
        if (text.codePointCount(0, text.length()) < 3) {
            return new TextWindows(tokenizer, most).of(text);
        }
        var ids = holed(text, random);
        if (ids.length <= most) {
            return List.of(TrainingRow.text(ids));
        }
        int half = text.offsetByCodePoints(0, text.codePointCount(0, text.length()) / 2);
        return Stream.concat(
                        windows(text.substring(0, half), most, random).stream(),
                        windows(text.substring(half), most, random).stream())
                .toList();
    }

    private int[] holed(String text, RandomGenerator random) {
        int count = text.codePointCount(0, text.length());
        int first = random.nextInt(count + 1);
        int second = random.nextInt(count + 1);
        int from = text.offsetByCodePoints(0, Math.min(first, second));
        int to = text.offsetByCodePoints(0, Math.max(first, second));
        var before = encoded(text.substring(0, from));
        var hole = encoded(text.substring(from, to));
        var after = encoded(text.substring(to));
        var begin = Arrays.stream(tokenizer.encode("", true)).limit(opening());
        var body =
                random.nextBoolean()
                        ? joined(one(prefix), before, one(suffix), after, one(middle), hole)
                        : joined(one(prefix), one(suffix), after, one(middle), before, hole);
        var end = tokenizer.settings().ends().stream().limit(1).mapToInt(Integer::intValue);
        return IntStream.concat(IntStream.concat(begin, body), end).toArray();
    }

    /// How many tokens a text begins with by itself.
    private int opening() {
        return tokenizer.settings().beginning().isPresent() && tokenizer.encode("", true).length > 0
                ? 1
                : 0;
    }

    private int[] encoded(String text) {
        return tokenizer.encode(text, false);
    }

    private static int[] one(int id) {
        return new int[] {id};
    }

    private static IntStream joined(int[]... parts) {
        return Arrays.stream(parts).flatMapToInt(Arrays::stream);
    }
}
