package dev.sartor.constrain.automaton;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The JDK's own expressions have the same sets under the same names.
class UnicodePropertyTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "L",
                "Lu",
                "Ll",
                "Lt",
                "Lm",
                "Lo",
                "LC",
                "LD",
                "M",
                "Mn",
                "Mc",
                "Me",
                "N",
                "Nd",
                "Nl",
                "No",
                "P",
                "Pc",
                "Pd",
                "Ps",
                "Pe",
                "Pi",
                "Pf",
                "Po",
                "S",
                "Sm",
                "Sc",
                "Sk",
                "So",
                "Z",
                "Zs",
                "Zl",
                "Zp",
                "C",
                "Cc",
                "Cf",
                "Co",
                "Cn",
                "IsL",
                "IsLatin",
                "IsGreek",
                "script=Han",
                "sc=Cyrl",
                "InGreek",
                "blk=Cyrillic",
                "gc=Lu",
                "general_category=Nd",
                "IsAlphabetic",
                "IsLetter",
                "IsIdeographic",
                "IsLowercase",
                "IsUppercase",
                "IsTitlecase",
                "IsWhite_Space",
                "IsControl",
                "IsPunctuation",
                "IsDigit",
                "IsHex_Digit",
                "IsAssigned",
                "IsNoncharacter_Code_Point",
                "IsJoin_Control",
                "IsEmoji",
                "IsEmoji_Component",
                "IsExtended_Pictographic",
                "ASCII",
                "Alpha",
                "Lower",
                "Upper",
                "Digit",
                "Alnum",
                "Graph",
                "Print",
                "Punct",
                "Blank",
                "Cntrl",
                "XDigit",
                "Space",
            })
    void aPropertyIsTheJdks(String name) {
        var matches = Pattern.compile("\\p{" + name + "}").asMatchPredicate();
        var own = UnicodeProperty.of(name).orElseThrow();
        var wrong = new ArrayList<Integer>();
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            boolean isHalf = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
            if (!isHalf && own.contains(c) != matches.test(Character.toString(c))) {
                wrong.add(c);
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void whatIsNoPropertyIsNone() {
        for (var name : List.of("", "Nonsense", "x=Lu", "sc=None", "IsNone", "InNowhere", "l")) {
            assertThat(UnicodeProperty.of(name)).as(name).isEmpty();
        }
    }
}
