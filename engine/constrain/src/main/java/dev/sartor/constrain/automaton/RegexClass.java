package dev.sartor.constrain.automaton;

/// Reads a set of characters between brackets.
final class RegexClass {
    private final RegexReader in;

    /// @param in behind the opening bracket
    RegexClass(RegexReader in) {
        this.in = in;
    }

    CharClasses read() {
        int start = in.place() - 1;
        boolean negated = in.take('^');
        if (in.at(']')) {
            throw in.refused(start, "an empty set of characters", "escape the ']'");
        }
        var set = CharClasses.of(CodePoints.none());
        while (!in.take(']')) {
            if (!in.more()) {
                throw in.refused(start, "a '[' that is not closed", "close or escape it");
            }
            set = set.or(item());
        }
        return negated ? set.complement() : set;
    }

    private CharClasses item() {
        int start = in.place();
        var low = one();
        if (!in.at('-')) {
            return low;
        }
        in.next();
        if (in.at(']')) {
            return low.or(CharClasses.of(CodePoints.of('-')));
        }
        var high = one();
        return CharClasses.of(CodePoints.range(single(low, start), bound(low, high, start)));
    }

    private int bound(CharClasses low, CharClasses high, int start) {
        int last = single(high, start);
        if (last < single(low, start)) {
            throw in.refused(start, "a range that ends before it begins", "turn it round");
        }
        return last;
    }

    private int single(CharClasses set, int start) {
        var found = new int[] {-1, 0};
        set.narrow()
                .forEachRange((low, high) -> {
                    found[0] = low;
                    found[1] += high - low + 1;
                });
        if (found[1] != 1) {
            throw in.refused(start, "a range between sets", "escape the '-'");
        }
        return found[0];
    }

    private CharClasses one() {
        int start = in.place();
        int c = in.next();
        if (c == '\\') {
            return in.escape(true);
        }
        if (c == '[') {
            throw in.refused(start, "a '[' within brackets", "escape it");
        }
        if (c == '&' && in.at('&')) {
            throw in.refused(start, "an intersection of sets", "write out what is in both");
        }
        return CharClasses.of(CodePoints.of(c));
    }
}
