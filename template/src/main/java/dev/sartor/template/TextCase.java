package dev.sartor.template;

import java.util.Locale;

/// Upper and lower case as Python sees them.
final class TextCase {
    private TextCase() {}

    static Text title(Text text) {
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

    static Text capitalize(Text text) {
        if (text.length() == 0) {
            return text;
        }
        int first = text.string().codePointAt(0);
        var rest = text.string().substring(Character.charCount(first));
        return text.mappedTo(titled(first) + rest.toLowerCase(Locale.ROOT));
    }

    static Text swap(Text text) {
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
        return title == character
                ? Character.toString(character).toUpperCase(Locale.ROOT)
                : Character.toString(title);
    }

    static boolean isUpper(Text text) {
        return hasCased(text)
                && text.string()
                        .codePoints()
                        .noneMatch(c -> Character.isLowerCase(c) || Character.isTitleCase(c));
    }

    static boolean isLower(Text text) {
        return hasCased(text)
                && text.string()
                        .codePoints()
                        .noneMatch(c -> Character.isUpperCase(c) || Character.isTitleCase(c));
    }

    private static boolean hasCased(Text text) {
        return text.string().codePoints().anyMatch(Characters::isCased);
    }
}
