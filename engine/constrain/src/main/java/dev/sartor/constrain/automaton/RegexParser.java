package dev.sartor.constrain.automaton;

import java.util.ArrayList;

/// Reads regular expressions in the syntax that Java and ECMAScript share, so that whatever matches here matches there. What
/// is not regular (look-around, back-references) or means different things to the two is refused by name.
public final class RegexParser {
    private static final int MOST_GROUPS_DEEP = 100;
    private static final int MOST_REPETITIONS = 10_000;

    private final RegexReader in;
    private final CharEncoding encoding;
    private int depth;

    private RegexParser(String regex, CharEncoding encoding) {
        this.in = new RegexReader(regex);
        this.encoding = encoding;
    }

    /// Texts that the expression matches from end to end.
    ///
    /// @throws SartorException a user's error that names the place
    public static Expression whole(String regex, CharEncoding encoding) {
        var parser = new RegexParser(regex, encoding);
        var expression = parser.alternatives();
        if (parser.in.more()) {
            throw parser.in.refused("a ')' that closes nothing", "escape it");
        }
        return expression;
    }

    /// Texts in which the expression matches somewhere, as JSON Schema's `pattern` means it.
    public static Expression anywhere(String regex, CharEncoding encoding) {
        var rest = Expression.any(encoding.of(CodePoints.all()));
        return Expression.sequence(rest, whole(regex, encoding), rest);
    }

    private Expression alternatives() {
        var options = new ArrayList<Expression>();
        do {
            options.add(sequence());
        } while (in.take('|'));
        return options.size() == 1 ? options.getFirst() : new Expression.Choice(options);
    }

    private Expression sequence() {
        var parts = new ArrayList<Expression>();
        while (in.more() && !in.at('|') && !in.at(')')) {
            parts.add(repeated(atom()));
        }
        return parts.size() == 1 ? parts.getFirst() : new Expression.Sequence(parts);
    }

    private Expression atom() {
        int start = in.place();
        int c = in.next();
        return switch (c) {
            case '(' -> group();
            case '[' -> encoded(new RegexClass(in).read());
            case '.' -> encoded(CharClasses.dot());
            case '^' -> new Expression.Edge(true);
            case '$' -> new Expression.Edge(false);
            case '*', '+', '?', '{' ->
                    throw in.refused(
                            start, "a '" + (char) c + "' that repeats nothing", "escape it");
            case '\\' -> escape();
            default -> encoded(CharClasses.of(CodePoints.of(c)));
        };
    }

    private Expression escape() {
        if (in.take('A')) {
            return new Expression.Edge(true);
        }
        if (in.take('z')) {
            return new Expression.Edge(false);
        }
        return encoded(in.escape(false));
    }

    private Expression encoded(CharClasses set) {
        return encoding.of(set.narrow());
    }

    private Expression group() {
        int start = in.place() - 1;
        if (in.take('?')) {
            groupKind(start);
        }
        if (++depth > MOST_GROUPS_DEEP) {
            throw in.refused(start, "groups more than " + MOST_GROUPS_DEEP + " deep", "use fewer");
        }
        var inner = alternatives();
        depth--;
        if (!in.take(')')) {
            throw in.refused(start, "a '(' that is not closed", "close or escape it");
        }
        return inner;
    }

    private void groupKind(int start) {
        if (in.take(':')) {
            return;
        }
        if (in.at('=') || in.at('!')) {
            throw in.refused(start, "look-ahead", "write what may stand there instead");
        }
        if (in.take('<')) {
            if (in.at('=') || in.at('!')) {
                throw in.refused(start, "look-behind", "write what may stand there instead");
            }
            in.name('>');
            return;
        }
        throw in.refused(
                start,
                in.at('>') ? "an atomic group" : "a group with flags",
                "use a plain group, '(?:…)'");
    }

    private Expression repeated(Expression atom) {
        var result = atom;
        int start = in.place();
        while (in.more() && (in.at('*') || in.at('+') || in.at('?') || in.at('{'))) {
            if (in.place() > start) {
                throw in.refused("a repetition of a repetition", "put it in a group");
            }
            result = repetition(atom);
            in.take('?'); // as few as possible: the same texts
            if (in.at('+')) {
                throw in.refused("a possessive repetition", "leave the '+' out");
            }
        }
        return result;
    }

    private Expression repetition(Expression atom) {
        int unbounded = Expression.Repetition.UNBOUNDED;
        return switch (in.next()) {
            case '*' -> repetition(atom, 0, unbounded);
            case '+' -> repetition(atom, 1, unbounded);
            case '?' -> repetition(atom, 0, 1);
            default -> {
                int least = count();
                int most = least;
                if (in.take(',')) {
                    most = in.at('}') ? unbounded : count();
                }
                if (!in.take('}') || (most != unbounded && most < least)) {
                    throw in.refused(
                            "a '{' that begins no repetition",
                            "write {n}, {n,} or {n,m}, or escape it");
                }
                yield repetition(atom, least, most);
            }
        };
    }

    /// What may be left out each time it is repeated may be left out as often as one likes: `(a?){n}` is `a{0,n}`, whose
    /// automaton has far fewer ways through it.
    private static Expression repetition(Expression part, int least, int most) {
        boolean isOptional =
                part instanceof Expression.Repetition(var _, int few, int many)
                        && few == 0
                        && many == 1;
        return isOptional
                ? new Expression.Repetition(((Expression.Repetition) part).part(), 0, most)
                : new Expression.Repetition(part, least, most);
    }

    private int count() {
        int count = 0;
        int start = in.place();
        while (in.more() && in.peek() >= '0' && in.peek() <= '9') {
            count = count * 10 + in.next() - '0';
            if (count > MOST_REPETITIONS) {
                throw in.refused(
                        start, "more than " + MOST_REPETITIONS + " repetitions", "allow fewer");
            }
        }
        if (in.place() == start) {
            throw in.refused(
                    "a '{' that begins no repetition", "write {n}, {n,} or {n,m}, or escape it");
        }
        return count;
    }
}
