package dev.sartor.curate.similarity;

import java.util.Arrays;

/// Where each character stands in a pattern, as bits: bit i of word w is position 64 w + i.
final class CharacterMasks {
    private static final int ASCII = 128;

    private final char[] characters;
    private final int[] ofAscii = new int[ASCII];
    private final long[] masks;
    private final int words;

    CharacterMasks(String pattern) {
        words = Math.ceilDiv(pattern.length(), Long.SIZE);
        var sorted = pattern.toCharArray();
        Arrays.sort(sorted);
        int count = 0;
        for (char c : sorted) {
            if (count == 0 || sorted[count - 1] != c) {
                sorted[count++] = c;
            }
        }
        characters = Arrays.copyOf(sorted, count);
        for (char c = 0; c < ASCII; c++) {
            ofAscii[c] = none();
        }
        for (int i = 0; i < count && characters[i] < ASCII; i++) {
            ofAscii[characters[i]] = i * words;
        }
        masks =
                new long
                        [(count + 1)
                                * words]; // the last ones, all 0, for characters that the pattern
        // has not
        for (int i = 0; i < pattern.length(); i++) {
            masks[at(pattern.charAt(i)) + i / Long.SIZE] |= 1L << (i % Long.SIZE);
        }
    }

    int words() {
        return words;
    }

    /// Where words lie that are all 0.
    int none() {
        return characters.length * words;
    }

    /// From here on lie the words of a character.
    int at(char c) {
        if (c < ASCII) {
            return ofAscii[c];
        }
        int found = Arrays.binarySearch(characters, c);
        return found < 0 ? none() : found * words;
    }

    long get(int at) {
        return masks[at];
    }
}
