package dev.sartor.documents.parse;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// A colour of a page; of letters or of what they stand on.
///
/// @param isKnown whether it could be told; of an unknown one nothing follows
/// @param rgb red, green, blue, 8 bits each
/// @param isSeen whether it covers anything at all
record Colour(boolean isKnown, int rgb, boolean isSeen) {
    static final Colour BLACK = new Colour(true, 0, true);
    static final Colour WHITE = new Colour(true, 0xFFFFFF, true);

    private static final Colour UNKNOWN = new Colour(false, 0, true);
    private static final Colour CLEAR = new Colour(true, 0, false);

    /// How far apart two colours' reds, greens and blues may be to look the same.
    private static final int ALIKE = 8;

    private static final Pattern SHORT = Pattern.compile("#([0-9a-f])([0-9a-f])([0-9a-f])");
    private static final Pattern LONG = Pattern.compile("#([0-9a-f]{6})");
    private static final Pattern NUMBERS =
            Pattern.compile("rgba?\\((\\d{1,3}),(\\d{1,3}),(\\d{1,3})(?:,([\\d.]+%?))?\\)");
    private static final Map<String, Colour> NAMED =
            Map.of(
                    "white", WHITE,
                    "black", BLACK,
                    "transparent", CLEAR,
                    "snow", new Colour(true, 0xFFFAFA, true),
                    "ivory", new Colour(true, 0xFFFFF0, true),
                    "ghostwhite", new Colour(true, 0xF8F8FF, true),
                    "whitesmoke", new Colour(true, 0xF5F5F5, true));

    /// @param written in lower case without spaces, as CSS has it; empty for what is around
    static Colour of(String written, Colour around) {
        if (written.isEmpty() || written.matches("inherit|initial|unset|none|currentcolor")) {
            return around;
        }
        var named = NAMED.get(written);
        if (named != null) {
            return named;
        }
        var three = SHORT.matcher(written);
        if (three.matches()) {
            var doubled = new StringBuilder();
            IntStream.rangeClosed(1, 3)
                    .forEach(i -> doubled.append(three.group(i)).append(three.group(i)));
            return new Colour(true, Integer.parseInt(doubled.toString(), 16), true);
        }
        var six = LONG.matcher(written);
        if (six.matches()) {
            return new Colour(true, Integer.parseInt(six.group(1), 16), true);
        }
        var numbers = NUMBERS.matcher(written);
        return numbers.matches() ? mixed(numbers) : UNKNOWN;
    }

    private static Colour mixed(Matcher numbers) {
        int rgb = 0;
        for (int i = 1; i <= 3; i++) {
            rgb = rgb << 8 | Math.min(255, Integer.parseInt(numbers.group(i)));
        }
        var cover = numbers.group(4);
        return cover != null && cover.matches("0*\\.?0*%?") ? CLEAR : new Colour(true, rgb, true);
    }

    /// Whether letters of this colour cannot be told from the ground.
    boolean isLostOn(Colour ground) {
        if (!isSeen) {
            return true;
        }
        return isKnown
                && ground.isKnown
                && ground.isSeen
                && IntStream.of(0, 8, 16)
                        .allMatch(shift ->
                                Math.abs((rgb >> shift & 255) - (ground.rgb >> shift & 255))
                                        <= ALIKE);
    }
}
