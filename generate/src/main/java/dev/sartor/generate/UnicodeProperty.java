package dev.sartor.generate;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/// Unicode's properties by the names that `\p{…}` has for them in the JDK: general categories, scripts, blocks and the
/// binary properties, and POSIX's classes, which are of ASCII.
final class UnicodeProperty {
    private static final Map<String, Integer> CATEGORIES = categories();

    /// Sets that were found last, by their names in lower case.
    private static final Map<String, CodePoints> KEPT = new LinkedHashMap<>(16, 0.75f, true);

    private static final int MOST_KEPT = 64;

    /// About what finding one set costs.
    private static final int STEPS = 1 << 19;

    private UnicodeProperty() {}

    /// Empty for a name that there is none of.
    static Optional<CodePoints> of(String name) {
        var key = isCategory(name) ? name : name.toLowerCase(Locale.ROOT);
        synchronized (KEPT) {
            var known = KEPT.get(key);
            if (known != null) {
                return Optional.of(known);
            }
        }
        return predicate(name)
                .map(holds -> {
                    FormBudget.steps(STEPS);
                    var found = CodePoints.where(holds);
                    synchronized (KEPT) {
                        KEPT.put(key, found);
                        if (KEPT.size() > MOST_KEPT) {
                            KEPT.remove(KEPT.keySet().iterator().next());
                        }
                    }
                    return found;
                });
    }

    private static boolean isCategory(String name) {
        return CATEGORIES.containsKey(name);
    }

    private static Optional<IntPredicate> predicate(String name) {
        int equals = name.indexOf('=');
        if (equals >= 0) {
            var value = name.substring(equals + 1);
            return switch (name.substring(0, equals).toLowerCase(Locale.ROOT)) {
                case "sc", "script" -> script(value);
                case "blk", "block" -> block(value);
                case "gc", "general_category" -> category(value);
                default -> Optional.empty();
            };
        }
        if (name.startsWith("Is")) {
            var plain = name.substring(2);
            return binary(plain).or(() -> category(plain)).or(() -> script(plain));
        }
        if (name.startsWith("In")) {
            return block(name.substring(2));
        }
        return category(name).or(() -> posix(name));
    }

    private static Optional<IntPredicate> category(String name) {
        var types = CATEGORIES.get(name);
        return types == null
                ? Optional.empty()
                : Optional.of(c -> (types & (1 << Character.getType(c))) != 0);
    }

    private static Optional<IntPredicate> script(String name) {
        try {
            var script = Character.UnicodeScript.forName(name);
            return Optional.of(c -> Character.UnicodeScript.of(c) == script);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<IntPredicate> block(String name) {
        try {
            var block = Character.UnicodeBlock.forName(name);
            return Optional.of(c -> block.equals(Character.UnicodeBlock.of(c)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<IntPredicate> binary(String name) {
        @Nullable IntPredicate found =
                switch (name.toUpperCase(Locale.ROOT)) {
                    case "ALPHABETIC" -> Character::isAlphabetic;
                    case "LETTER" -> Character::isLetter;
                    case "IDEOGRAPHIC" -> Character::isIdeographic;
                    case "LOWERCASE" -> Character::isLowerCase;
                    case "UPPERCASE" -> Character::isUpperCase;
                    case "TITLECASE" -> Character::isTitleCase;
                    case "WHITE_SPACE", "WHITESPACE" -> UnicodeProperty::isWhiteSpace;
                    case "CONTROL" -> c -> Character.getType(c) == Character.CONTROL;
                    case "PUNCTUATION" -> category("P").orElseThrow();
                    case "DIGIT" -> Character::isDigit;
                    case "HEX_DIGIT", "HEXDIGIT" -> UnicodeProperty::isHexDigit;
                    case "ASSIGNED" -> c -> Character.getType(c) != Character.UNASSIGNED;
                    case "NONCHARACTER_CODE_POINT", "NONCHARACTERCODEPOINT" ->
                            c -> (c & 0xfffe) == 0xfffe || (c >= 0xfdd0 && c <= 0xfdef);
                    case "JOIN_CONTROL", "JOINCONTROL" -> c -> c == 0x200c || c == 0x200d;
                    case "EMOJI" -> Character::isEmoji;
                    case "EMOJI_PRESENTATION" -> Character::isEmojiPresentation;
                    case "EMOJI_MODIFIER" -> Character::isEmojiModifier;
                    case "EMOJI_MODIFIER_BASE" -> Character::isEmojiModifierBase;
                    case "EMOJI_COMPONENT" -> Character::isEmojiComponent;
                    case "EXTENDED_PICTOGRAPHIC" -> Character::isExtendedPictographic;
                    default -> null;
                };
        return Optional.ofNullable(found);
    }

    private static boolean isWhiteSpace(int c) {
        return Character.isSpaceChar(c) || (c >= 0x9 && c <= 0xd) || c == 0x85;
    }

    private static boolean isHexDigit(int c) {
        return Character.isDigit(c)
                || isAnyOf(c, 'a', 'f')
                || isAnyOf(c, 'A', 'F')
                || isAnyOf(c, 0xff21, 0xff26)
                || isAnyOf(c, 0xff41, 0xff46);
    }

    private static boolean isAnyOf(int c, int low, int high) {
        return c >= low && c <= high;
    }

    private static Optional<IntPredicate> posix(String name) {
        @Nullable IntPredicate found =
                switch (name) {
                    case "ASCII" -> c -> c < 128;
                    case "Alpha" -> UnicodeProperty::isLetter;
                    case "Lower" -> c -> isAnyOf(c, 'a', 'z');
                    case "Upper" -> c -> isAnyOf(c, 'A', 'Z');
                    case "Digit" -> c -> isAnyOf(c, '0', '9');
                    case "Alnum" -> c -> isLetter(c) || isAnyOf(c, '0', '9');
                    case "Graph" -> c -> isAnyOf(c, '!', '~');
                    case "Print" -> c -> isAnyOf(c, ' ', '~');
                    case "Punct" ->
                            c -> isAnyOf(c, '!', '~') && !isLetter(c) && !isAnyOf(c, '0', '9');
                    case "Blank" -> c -> c == ' ' || c == '\t';
                    case "Cntrl" -> c -> c < 0x20 || c == 0x7f;
                    case "XDigit" ->
                            c ->
                                    isAnyOf(c, '0', '9')
                                            || isAnyOf(c, 'a', 'f')
                                            || isAnyOf(c, 'A', 'F');
                    case "Space" -> c -> c == ' ' || isAnyOf(c, 0x9, 0xd);
                    default -> null;
                };
        return Optional.ofNullable(found);
    }

    private static boolean isLetter(int c) {
        return isAnyOf(c, 'a', 'z') || isAnyOf(c, 'A', 'Z');
    }

    private static Map<String, Integer> categories() {
        var all = new LinkedHashMap<String, Integer>();
        var names =
                ("Cn:0 Lu:1 Ll:2 Lt:3 Lm:4 Lo:5 Mn:6 Me:7 Mc:8 Nd:9 Nl:10 No:11 Zs:12 Zl:13 Zp:14 Cc:15"
                        + " Cf:16 Co:18 Cs:19 Pd:20 Ps:21 Pe:22 Pc:23 Po:24 Sm:25 Sc:26 Sk:27 So:28 Pi:29"
                        + " Pf:30 ");
        for (int at = 0; at < names.length(); at = names.indexOf(' ', at) + 1) {
            int type = Integer.parseInt(names, at + 3, names.indexOf(' ', at), 10);
            all.put(names.substring(at, at + 2), 1 << type);
            all.merge(names.substring(at, at + 1), 1 << type, (one, two) -> one | two);
        }
        // Several at once: cased letters, letters and digits.
        all.put("LC", (1 << 1) | (1 << 2) | (1 << 3));
        all.put("LD", (1 << 1) | (1 << 2) | (1 << 3) | (1 << 4) | (1 << 5) | (1 << 9));
        return all;
    }
}
