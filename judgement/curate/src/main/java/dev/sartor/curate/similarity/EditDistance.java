package dev.sartor.curate.similarity;

import java.util.Arrays;

/// How many characters have to be put in, taken out, replaced or swapped with their neighbour, so that one text becomes the other,
/// each place edited once (optimal string alignment). By bits, 64 rows of the table at a time (Myers 1999; Hyyrö 2003).
public final class EditDistance {
    private final CharacterMasks masks;
    private final int length;
    private final long[] up; // one more than above
    private final long[] down; // one less than above
    private final long[] diagonal; // the same as at the left above
    private int before; // where the masks of the character before lie

    private EditDistance(String pattern) {
        masks = new CharacterMasks(pattern);
        length = pattern.length();
        up = new long[masks.words()];
        Arrays.fill(up, -1L);
        down = new long[masks.words()];
        diagonal = new long[masks.words()];
        before = masks.none();
    }

    /// @return the distance; any number above the most where it is more
    public static int of(String text, String other, int most) {
        var pattern = text.length() <= other.length() ? text : other;
        var along = text.length() <= other.length() ? other : text;
        if (pattern.isEmpty()) {
            return along.length();
        }
        var table = new EditDistance(pattern);
        int distance = pattern.length();
        for (int i = 0; i < along.length(); i++) {
            distance += table.step(along.charAt(i), 1);
            if (distance - (along.length() - 1 - i) > most) {
                return most + 1;
            }
        }
        return distance;
    }

    /// The least distance of a text to any part of another one (Sellers 1980).
    ///
    /// @return the distance, which is at most the text's length
    public static int toPart(String text, String other) {
        if (text.isEmpty()) {
            return 0;
        }
        var table = new EditDistance(text);
        int distance = text.length();
        int least = distance;
        for (int i = 0; i < other.length(); i++) {
            distance += table.step(other.charAt(i), 0);
            least = Math.min(least, distance);
        }
        return least;
    }

    /// Goes on by a column.
    ///
    /// @param top how much the first row of the table grows with each column: 1, or 0 where a part may begin anywhere
    /// @return how much the last row grows: −1, 0 or 1
    private int step(char c, int top) {
        int at = masks.at(c);
        long growing = top;
        long shrinking = 0;
        long swapped = 0;
        int last = masks.words() - 1;
        int grown = 0;
        for (int w = 0; w <= last; w++) {
            long equal = masks.get(at + w);
            long ahead = ~diagonal[w] & equal;
            long swap = ((ahead << 1) | swapped) & masks.get(before + w);
            swapped = ahead >>> 63;
            long carried = equal | shrinking;
            long same = (((carried & up[w]) + up[w]) ^ up[w]) | carried | down[w] | swap;
            long more = down[w] | ~(same | up[w]);
            long less = same & up[w];
            if (w == last) {
                int bit = (length - 1) % Long.SIZE;
                grown = (int) ((more >>> bit) & 1) - (int) ((less >>> bit) & 1);
            }
            long shiftedMore = (more << 1) | growing;
            long shiftedLess = (less << 1) | shrinking;
            growing = more >>> 63;
            shrinking = less >>> 63;
            up[w] = shiftedLess | ~(same | shiftedMore);
            down[w] = shiftedMore & same;
            diagonal[w] = same;
        }
        before = at;
        return grown;
    }
}
