package dev.sartor.template.value;

import java.util.Locale;

/// Upper and lower case as Python sees them.
public final class TextCase {
    private TextCase() {}

    public static Text title(Text text) {
        var result = new StringBuilder(text.length());
        boolean isInside = false;
        for (int i = 0; i < text.length(); ) {
            int c = text.string().codePointAt(i);
            result.append(isInside ? lower(c) : titled(c));
            isInside = Characters.isCased(c);
            i += Character.charCount(c);
        }
        return text.mappedTo(result.toString());
    }

    public static Text capitalize(Text text) {
        if (text.length() == 0) {
            return text;
        }
        int first = text.string().codePointAt(0);
        var rest = text.string().substring(Character.charCount(first));
        return text.mappedTo(titled(first) + rest.toLowerCase(Locale.ROOT));
    }

    public static Text swap(Text text) {
        var result = new StringBuilder(text.length());
        text.string()
                .codePoints()
                .forEach(c ->
                        result.append(
                                Character.isUpperCase(c)
                                        ? lower(c)
                                        : Character.toString(c).toUpperCase(Locale.ROOT)));
        return text.mappedTo(result.toString());
    }

    private static String lower(int character) {
        return Character.toString(character).toLowerCase(Locale.ROOT);
    }

    private static String titled(int character) {
        int title = Character.toTitleCase(character);
        if (title != character) {
            return Character.toString(title);
        }
        var upper = Character.toString(character).toUpperCase(Locale.ROOT);
        int first = upper.codePointAt(0);
        // A ligature such as "ﬁ" becomes several letters, of which the first alone is large.
        return Character.toString(first)
                + upper.substring(Character.charCount(first)).toLowerCase(Locale.ROOT);
    }

    public static boolean isUpper(Text text) {
        return hasCased(text)
                && text.string()
                        .codePoints()
                        .noneMatch(c -> Character.isLowerCase(c) || Character.isTitleCase(c));
    }

    public static boolean isLower(Text text) {
        return hasCased(text)
                && text.string()
                        .codePoints()
                        .noneMatch(c -> Character.isUpperCase(c) || Character.isTitleCase(c));
    }

    /// Whether each run of cased letters begins with a large one and goes on with small ones.
    public static boolean isTitle(Text text) {
        boolean isInside = false;
        for (int c : text.string().codePoints().toArray()) {
            boolean isLarge = Character.isUpperCase(c) || Character.isTitleCase(c);
            if ((isLarge && isInside) || (Character.isLowerCase(c) && !isInside)) {
                return false;
            }
            isInside = Characters.isCased(c);
        }
        return hasCased(text);
    }

    private static boolean hasCased(Text text) {
        return text.string().codePoints().anyMatch(Characters::isCased);
    }
}
