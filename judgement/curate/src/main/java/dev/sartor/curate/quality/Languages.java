package dev.sartor.curate.quality;

import dev.sartor.core.Problems;
import java.lang.Character.UnicodeScript;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The language of a text, and whether it is one of those to keep. A script that one language has to itself tells it (Thai, Korean,
/// Japanese by its kana, Chinese by Han alone); other texts are left to the {@link LanguageIdentifier}. A text whose language nobody is
/// sure of (names, figures, code, a few words) is kept unless asked otherwise. Safe for concurrent callers.
public final class Languages {
    public static final String RULE = "language";

    /// More of a text is not looked at, in characters.
    private static final int LOOKED_AT = 20_000;

    private static final Map<UnicodeScript, String> BY_SCRIPT =
            new EnumMap<>(
                    Map.ofEntries(
                            Map.entry(UnicodeScript.HANGUL, "ko"),
                            Map.entry(UnicodeScript.HIRAGANA, "ja"),
                            Map.entry(UnicodeScript.KATAKANA, "ja"),
                            Map.entry(UnicodeScript.HAN, "zh"),
                            Map.entry(UnicodeScript.THAI, "th"),
                            Map.entry(UnicodeScript.LAO, "lo"),
                            Map.entry(UnicodeScript.KHMER, "km"),
                            Map.entry(UnicodeScript.MYANMAR, "my"),
                            Map.entry(UnicodeScript.GREEK, "el"),
                            Map.entry(UnicodeScript.HEBREW, "he"),
                            Map.entry(UnicodeScript.ARMENIAN, "hy"),
                            Map.entry(UnicodeScript.GEORGIAN, "ka"),
                            Map.entry(UnicodeScript.TAMIL, "ta"),
                            Map.entry(UnicodeScript.TELUGU, "te"),
                            Map.entry(UnicodeScript.KANNADA, "kn"),
                            Map.entry(UnicodeScript.MALAYALAM, "ml"),
                            Map.entry(UnicodeScript.GUJARATI, "gu"),
                            Map.entry(UnicodeScript.GURMUKHI, "pa"),
                            Map.entry(UnicodeScript.SINHALA, "si")));

    /// Kana so rare beside Han are a name in a Chinese text.
    private static final int HAN_FOR_EACH_KANA = 20;

    private final LanguageIdentifier identifier;
    private final List<String> kept;
    private final boolean keepsUnknown;

    /// @param kept codes or English names; all where it is empty
    public Languages(LanguageIdentifier identifier, List<String> kept, boolean keepsUnknown) {
        this.identifier = identifier;
        this.kept = LanguageCodes.all(kept);
        this.keepsUnknown = keepsUnknown;
        Problems.refuseUnless(
                keepsUnknown || !kept.isEmpty(),
                "curate.language.keep",
                "at least one language where texts of unknown language are removed",
                "none",
                "such as en");
    }

    /// Its two-letter code; empty where nobody is sure.
    public Optional<String> of(String text) {
        var looked = text.length() <= LOOKED_AT ? text : text.substring(0, LOOKED_AT);
        return byScript(looked).or(() -> identifier.language(looked).flatMap(LanguageCodes::of));
    }

    /// @param language as {@link #of} told it
    public Optional<Finding> finding(Optional<String> language) {
        boolean isKept =
                language.isEmpty() ? keepsUnknown : kept.isEmpty() || kept.contains(language.get());
        return isKept
                ? Optional.empty()
                : Optional.of(
                        new Finding(
                                RULE,
                                1,
                                0,
                                language.map(code ->
                                                "it is in "
                                                        + Locale.of(code)
                                                                .getDisplayLanguage(Locale.ENGLISH)
                                                        + " ("
                                                        + code
                                                        + "), kept "
                                                        + (kept.size() == 1 ? "is " : "are ")
                                                        + String.join(", ", kept))
                                        .orElse("its language cannot be told")));
    }

    private static Optional<String> byScript(String text) {
        var counts = new EnumMap<UnicodeScript, Integer>(UnicodeScript.class);
        int letters = 0;
        for (int at = 0; at < text.length(); ) {
            int sign = text.codePointAt(at);
            at += Character.charCount(sign);
            if (Character.isLetter(sign)) {
                letters++;
                if (sign >= 0x370) {
                    counts.merge(UnicodeScript.of(sign), 1, Integer::sum);
                }
            }
        }
        int kana =
                counts.getOrDefault(UnicodeScript.HIRAGANA, 0)
                        + counts.getOrDefault(UnicodeScript.KATAKANA, 0);
        int han = counts.getOrDefault(UnicodeScript.HAN, 0);
        if (2 * (kana + han) > letters) {
            return Optional.of(HAN_FOR_EACH_KANA * kana >= han && kana > 0 ? "ja" : "zh");
        }
        int all = letters;
        return counts.entrySet().stream()
                .filter(each -> 2 * each.getValue() > all)
                .findFirst()
                .flatMap(each -> Optional.ofNullable(BY_SCRIPT.get(each.getKey())));
    }
}
