package dev.sartor.curate.similarity;

import dev.sartor.data.Folding;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Texts as {@link Folding#keyOf} has them, faster where all is ASCII.
public final class Folded {
    private static final byte AWAY = 0;

    /// What becomes a sigma, by normalising too; mathematical ones begin with the last of these.
    private static final String SIGMAS = "Σσςϲ\u03F9\uD835";

    private static final byte[] ASCII = ascii();

    private Folded() {}

    public static String of(String text) {
        var kept = new byte[text.length()];
        int length = 0;
        for (int i = 0; i < kept.length; i++) {
            char c = text.charAt(i);
            if (c >= ASCII.length) {
                return mixed(text);
            }
            kept[length] = ASCII[c];
            length += ASCII[c] == AWAY ? 0 : 1;
        }
        return length == 0 ? text : new String(kept, 0, length, StandardCharsets.ISO_8859_1);
    }

    /// Runs of other characters are folded by themselves, with the one before, which a mark of theirs may stand on. Only sigma folds
    /// by what stands around it further off.
    private static String mixed(String text) {
        var kept = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            int to = i;
            while (to < text.length() && text.charAt(to) >= ASCII.length) {
                if (SIGMAS.indexOf(text.charAt(to)) >= 0) {
                    return Folding.keyOf(text);
                }
                to++;
            }
            boolean isBeforeOthers =
                    to == i && to + 1 < text.length() && text.charAt(to + 1) >= ASCII.length;
            if (to > i) {
                int from = Math.max(0, i - 1);
                kept.append(Folding.of(text.substring(from, to)));
                i = to - 1;
            } else if (!isBeforeOthers && ASCII[text.charAt(i)] != AWAY) {
                kept.append((char) ASCII[text.charAt(i)]);
            }
        }
        return kept.isEmpty() ? text : kept.toString();
    }

    /// What each character folds to. Each does so by itself, as none composes with another.
    private static byte[] ascii() {
        var folded = new byte[128];
        Arrays.fill(folded, AWAY);
        for (int c = 0; c < folded.length; c++) {
            var one = Folding.of(String.valueOf((char) c));
            folded[c] = one.isEmpty() ? AWAY : (byte) one.charAt(0);
        }
        return folded;
    }
}
