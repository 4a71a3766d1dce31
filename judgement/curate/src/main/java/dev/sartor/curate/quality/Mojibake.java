package dev.sartor.curate.quality;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.charset.Charset;
import java.util.EnumMap;
import java.util.Optional;

/// UTF-8 that was read as Windows-1252 or Latin-1, such as `Ã¼` for `ü`: finds it and says what was meant. The idea is ftfy's (Speer 2019):
/// a run of signs whose bytes are one character of UTF-8 rarely stands in a text by itself.
///
/// Some such runs do, as `Ã”` at the end of a Portuguese quotation: signs that are themselves quotation marks, dashes and the like
/// are evidence only beside other runs. A byte that was lost on the way, or became a plain blank (`Ã ` for `à`), cannot be repaired.
public final class Mojibake {
    /// A text that was garbled several times is repaired as often.
    private static final int MOST_ROUNDS = 3;

    private static final String TYPOGRAPHIC = "‘’‚“”„•–—…™›‹«»®·€\u00a0\u00ad";

    /// Signs that follow a letter such as `Å` in formulas.
    private static final String RAISED = "°²³¹ªº";

    /// Of letters that texts are written in: Latin, Greek, Cyrillic, Hebrew, Arabic.
    private static final String LEADS_OF_TWO = "ÂÃÄÅÆÈÎÏÐÑ×ØÙÚÛ";

    private static final char[] ABOVE_LATIN_1 = new char[32];

    static {
        var bytes = new byte[32];
        for (int i = 0; i < 32; i++) {
            bytes[i] = (byte) (0x80 + i);
        }
        var read = new String(bytes, Charset.forName("windows-1252"));
        for (int i = 0; i < 32; i++) {
            ABOVE_LATIN_1[i] = read.charAt(i) == '\ufffd' ? (char) (0x80 + i) : read.charAt(i);
        }
    }

    /// How surely a run of signs is one character's bytes.
    private enum Evidence {
        NONE,
        /// A text may well have these signs.
        WEAK,
        /// The same behind a sign that is rare by itself.
        RARE,
        /// Of a script whose signs have three bytes: one alone may be chance.
        LIKELY,
        SURE
    }

    private Mojibake() {}

    /// @param text what was meant
    /// @param runs how many runs of signs were put right
    public record Repair(String text, int runs) {}

    /// Empty for a text that is as it should be.
    public static Optional<Repair> repair(String text) {
        var current = text;
        int runs = 0;
        for (int round = 0; round < MOST_ROUNDS; round++) {
            int found = evident(current);
            if (found == 0) {
                break;
            }
            runs += found;
            current = once(current);
        }
        return runs == 0 ? Optional.empty() : Optional.of(new Repair(current, runs));
    }

    /// How many runs there are, where they are evidence enough: a text is garbled as a whole, so that weak runs count beside others.
    private static int evident(String text) {
        var counts = new EnumMap<Evidence, Integer>(Evidence.class);
        int at = 0;
        while (at < text.length()) {
            int length = length(text, at);
            var evidence = length == 0 ? Evidence.NONE : evidence(text, at, length);
            counts.merge(evidence, 1, Integer::sum);
            at += evidence == Evidence.NONE ? 1 : length;
        }
        boolean isEvident =
                counts.getOrDefault(Evidence.SURE, 0) > 0
                        || counts.getOrDefault(Evidence.LIKELY, 0) > 1
                        || counts.getOrDefault(Evidence.RARE, 0) > 1;
        counts.remove(Evidence.NONE);
        return isEvident ? counts.values().stream().mapToInt(each -> each).sum() : 0;
    }

    private static String once(String text) {
        var repaired = new StringBuilder(text.length());
        int at = 0;
        while (at < text.length()) {
            int length = length(text, at);
            if (length == 0 || evidence(text, at, length) == Evidence.NONE) {
                repaired.append(text.charAt(at++));
            } else {
                repaired.append(meant(text, at, length));
                at += length;
            }
        }
        return repaired.toString();
    }

    /// How many signs from here are one character's bytes; 0 for none.
    private static int length(String text, int at) {
        int lead = text.charAt(at);
        int length = lead < 0xC2 || lead > 0xF4 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        if (at + length > text.length()) {
            return 0;
        }
        for (int i = 1; i < length; i++) {
            if (!isContinuation(text.charAt(at + i))) {
                return 0;
            }
        }
        return length;
    }

    private static boolean isContinuation(char c) {
        int read = byteOf(c);
        return read >= 0x80 && read <= 0xBF;
    }

    /// The byte that reads as the sign; -1 for none above ASCII.
    private static int byteOf(char c) {
        if (c >= 0x80 && c <= 0xFF) {
            return c;
        }
        if (c < 0x100) {
            return -1;
        }
        for (int i = 0; i < ABOVE_LATIN_1.length; i++) {
            if (ABOVE_LATIN_1[i] == c) {
                return 0x80 + i;
            }
        }
        return -1;
    }

    private static String meant(String text, int at, int length) {
        var bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) byteOf(text.charAt(at + i));
        }
        return new String(bytes, UTF_8);
    }

    private static Evidence evidence(String text, int at, int length) {
        var meant = meant(text, at, length);
        int sign = meant.codePointAt(0);
        if (Character.charCount(sign) != meant.length()
                || sign == 0xFFFD
                || !Character.isDefined(sign)) {
            return Evidence.NONE;
        }
        char lead = text.charAt(at);
        boolean isPlain = true;
        for (int i = 1; i < length; i++) {
            char c = text.charAt(at + i);
            isPlain &= TYPOGRAPHIC.indexOf(c) >= 0 || (lead > 'Ã' && RAISED.indexOf(c) >= 0);
        }
        return switch (length) {
            case 2 ->
                    LEADS_OF_TWO.indexOf(lead) < 0
                            ? Evidence.NONE
                            : !isPlain
                                    ? Evidence.SURE
                                    : lead <= 'Ã' ? Evidence.RARE : Evidence.WEAK;
            case 3 ->
                    (lead == 'â' && (text.charAt(at + 1) == '€' || !isPlain))
                                    || (lead == 'ï' && !isPlain)
                            ? Evidence.SURE
                            : isPlain ? Evidence.WEAK : Evidence.LIKELY;
            default -> Evidence.SURE;
        };
    }
}
