package dev.sartor.curate.quality;

/// The lines of a text that are not blank, without the white space around them.
final class Lines {
    private Lines() {}

    /// Takes the place of a line's first character and the place after its last.
    interface Visitor {
        /// @return whether to go on
        boolean line(int begin, int end);
    }

    static void forEach(String text, Visitor visitor) {
        int begin = 0;
        while (begin < text.length()) {
            int end = text.indexOf('\n', begin);
            end = end < 0 ? text.length() : end;
            if (!visit(text, begin, end, visitor)) {
                return;
            }
            begin = end + 1;
        }
    }

    private static boolean visit(String text, int begin, int end, Visitor visitor) {
        int first = begin;
        int last = end;
        while (first < last && isBlank(text.charAt(first))) {
            first++;
        }
        while (last > first && isBlank(text.charAt(last - 1))) {
            last--;
        }
        return first == last || visitor.line(first, last);
    }

    static boolean isBlank(char c) {
        return Character.isWhitespace(c) || c == '\u00a0' || c == '\ufeff';
    }

    /// Paragraphs: runs of lines between blank ones.
    static void paragraphs(String text, Visitor visitor) {
        var open = new int[] {-1, -1}; // where the paragraph at hand begins and ends
        forEach(
                text,
                (begin, end) -> {
                    boolean goesOn = true;
                    if (open[0] >= 0 && isBroken(text, open[1], begin)) {
                        goesOn = visitor.line(open[0], open[1]);
                        open[0] = begin;
                    } else if (open[0] < 0) {
                        open[0] = begin;
                    }
                    open[1] = end;
                    return goesOn;
                });
        if (open[0] >= 0) {
            visitor.line(open[0], open[1]);
        }
    }

    /// Whether a blank line stands between two places.
    private static boolean isBroken(String text, int from, int to) {
        int first = text.indexOf('\n', from);
        return first >= 0
                && first < to
                && text.indexOf('\n', first + 1) >= 0
                && text.indexOf('\n', first + 1) < to;
    }
}
