package dev.sartor.curate.personal;

import java.util.ArrayList;
import java.util.List;

/// The groups of digits that may be a telephone number, from its first character on: up to 17 digits with one or two separators
/// between groups.
///
/// @param digits all of them, without `+`
/// @param ends for each group the index in the text after it (and after its bracket)
/// @param counts for each group how many digits there are up to its end
record DigitGroups(String digits, List<Integer> ends, List<Integer> counts) {
    private static final int MOST_DIGITS = 17;
    private static final int MOST_SEPARATORS = 2;
    private static final String SEPARATORS = " -./()\u00a0\u202f\u2011\u2013";

    static DigitGroups at(String text, int at) {
        var digits = new StringBuilder();
        var ends = new ArrayList<Integer>();
        var counts = new ArrayList<Integer>();
        int i = text.charAt(at) == '+' || text.charAt(at) == '(' ? at + 1 : at;
        if (i < text.length() && text.charAt(i) == '(') {
            i++;
        }
        while (i < text.length() && digits.length() <= MOST_DIGITS) {
            if (!digits.isEmpty() && text.startsWith("(0)", i)) {
                i += 3; // +49 (0)30: the 0 is dialled within the country alone
                i = separators(text, i);
            }
            int from = i;
            while (i < text.length()
                    && Edges.isDigit(text.charAt(i))
                    && digits.length() <= MOST_DIGITS) {
                digits.append(text.charAt(i));
                i++;
            }
            if (i == from) {
                break;
            }
            boolean closes = i < text.length() && text.charAt(i) == ')';
            ends.add(closes && isOpen(text, at, i) ? i + 1 : i);
            counts.add(digits.length());
            int next = separators(text, i);
            if (next == i && !text.startsWith("(0)", i)) {
                break;
            }
            i = next;
        }
        return new DigitGroups(digits.toString(), List.copyOf(ends), List.copyOf(counts));
    }

    private static boolean isOpen(String text, int from, int to) {
        for (int i = to - 1; i >= from; i--) {
            if (text.charAt(i) == '(') {
                return true;
            }
            if (text.charAt(i) == ')') {
                return false;
            }
        }
        return false;
    }

    /// The index of the next digit or bracket, or `at` where none follows soon.
    private static int separators(String text, int at) {
        int i = at;
        while (i < text.length()
                && i - at <= MOST_SEPARATORS
                && SEPARATORS.indexOf(text.charAt(i)) >= 0) {
            if (text.startsWith("(0)", i)) {
                return i;
            }
            i++;
        }
        boolean goesOn = i < text.length() && Edges.isDigit(text.charAt(i));
        return goesOn && i - at <= MOST_SEPARATORS ? i : at;
    }

    static boolean isSeparator(char c) {
        return SEPARATORS.indexOf(c) >= 0;
    }

    int size() {
        return ends.size();
    }

    String digitsTo(int group) {
        return digits.substring(0, counts.get(group));
    }

    /// How many digits each group has, up to one.
    List<Integer> sizesTo(int group) {
        var sizes = new ArrayList<Integer>();
        for (int i = 0; i <= group; i++) {
            sizes.add(counts.get(i) - (i == 0 ? 0 : counts.get(i - 1)));
        }
        return sizes;
    }

    static List<Integer> sizes(String formatted) {
        var sizes = new ArrayList<Integer>();
        int size = 0;
        for (int i = 0; i <= formatted.length(); i++) {
            if (i < formatted.length() && Edges.isDigit(formatted.charAt(i))) {
                size++;
            } else if (size > 0) {
                sizes.add(size);
                size = 0;
            }
        }
        return sizes;
    }
}
