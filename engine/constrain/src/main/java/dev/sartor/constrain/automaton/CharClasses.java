package dev.sartor.constrain.automaton;

import java.util.Optional;

/// The named sets of characters of regular expressions. Java and ECMAScript differ in some; each set has a narrow form
/// that both agree to be in it, and a wide one of what either has in it.
///
/// @param narrow used where the set is named
/// @param wide used where what is not in it is named
record CharClasses(CodePoints narrow, CodePoints wide) {
    /// What joining two sets of all characters' bits costs, at most. Not counted where sets are made, as classes are on
    /// their first use: a budget that is spent must not keep a class from being there.
    private static final int STEPS = 4 * (Character.MAX_CODE_POINT >> 6);

    private static final CodePoints DIGITS = CodePoints.range('0', '9');
    private static final CodePoints WORD =
            DIGITS.or(CodePoints.range('A', 'Z'))
                    .or(CodePoints.range('a', 'z'))
                    .or(CodePoints.of('_'));
    private static final CodePoints BLANKS = CodePoints.of(' ', '\t', '\n', 0x0b, '\f', '\r');
    private static final CodePoints ALL_BLANKS =
            BLANKS.or(CodePoints.of(0xa0, 0x1680, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000, 0xfeff))
                    .or(CodePoints.range(0x2000, 0x200a));
    private static final CodePoints LINE_ENDS = CodePoints.of('\n', '\r', 0x85, 0x2028, 0x2029);

    static CharClasses of(CodePoints set) {
        return new CharClasses(set, set);
    }

    /// What a dot means.
    static CharClasses dot() {
        return of(LINE_ENDS.complement());
    }

    /// What `\d` and its like mean; empty for a letter that names no set.
    static Optional<CharClasses> named(int letter) {
        return switch (letter) {
            case 'd' -> Optional.of(of(DIGITS));
            case 'D' -> Optional.of(of(DIGITS.complement()));
            case 'w' -> Optional.of(of(WORD));
            case 'W' -> Optional.of(of(WORD.complement()));
            case 's' -> Optional.of(new CharClasses(BLANKS, ALL_BLANKS));
            case 'S' -> Optional.of(new CharClasses(ALL_BLANKS.complement(), BLANKS.complement()));
            default -> Optional.empty();
        };
    }

    /// What `\p{name}` means; empty for a name that Unicode does not have.
    static Optional<CharClasses> property(String name) {
        return UnicodeProperty.of(name).map(CharClasses::of);
    }

    CharClasses or(CharClasses other) {
        FormBudget.steps(STEPS);
        return new CharClasses(narrow.or(other.narrow), wide.or(other.wide));
    }

    CharClasses complement() {
        FormBudget.steps(STEPS);
        return new CharClasses(wide.complement(), narrow.complement());
    }
}
