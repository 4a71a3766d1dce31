package dev.sartor.generate;

import java.util.BitSet;

/// Ranges of letters that are never told apart, numbered in the letters' order.
///
/// @param classes of each letter
record LetterClasses(int[] classes, int count) {
    static LetterClasses of(Nfa nfa) {
        var starts = new BitSet();
        int letters = Expression.FIRST_CALL;
        for (int state = 0; state < nfa.size(); state++) {
            for (var edge : nfa.edges(state)) {
                if (!edge.isFree()) {
                    starts.set(edge.low());
                    starts.set(edge.high() + 1);
                    letters = Math.max(letters, edge.high() + 1);
                }
            }
        }
        return from(starts, letters);
    }

    static LetterClasses merged(int[] one, int[] two) {
        var starts = new BitSet();
        int letters = Math.max(one.length, two.length);
        for (int i = 1; i < letters; i++) {
            boolean differs =
                    i >= one.length
                            || i >= two.length
                            || one[i] != one[i - 1]
                            || two[i] != two[i - 1];
            starts.set(i, differs);
        }
        return from(starts, letters);
    }

    private static LetterClasses from(BitSet starts, int letters) {
        var classes = new int[letters];
        for (int i = 1; i < letters; i++) {
            classes[i] = classes[i - 1] + (starts.get(i) ? 1 : 0);
        }
        return new LetterClasses(classes, classes[letters - 1] + 1);
    }

    int of(int letter) {
        return classes[letter];
    }

    /// One letter of a class.
    int letter(int of) {
        int low = 0;
        while (classes[low] != of) {
            low++;
        }
        return low;
    }
}
