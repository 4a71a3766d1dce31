package dev.sartor.curate.licence;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Reads `MIT OR (Apache-2.0 AND BSD-3-Clause) OR GPL-2.0-only WITH Classpath-exception-2.0`: AND binds closer than OR.
final class ExpressionParser {
    private static final int LONGEST = 1000;
    private static final int DEEPEST = 20;

    private final List<String> tokens = new ArrayList<>();
    private final boolean isReadable;
    private int at;

    ExpressionParser(String text) {
        isReadable = text.length() <= LONGEST && split(text);
    }

    Optional<LicenceExpression> whole() {
        if (!isReadable || tokens.isEmpty()) {
            return Optional.empty();
        }
        return choice(0).filter(_ -> at == tokens.size());
    }

    private boolean split(String text) {
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (Character.isWhitespace(c)) {
                i++;
            } else if (c == '(' || c == ')') {
                tokens.add(String.valueOf(c));
                i++;
            } else {
                int end = i;
                while (end < text.length() && isOfId(text.charAt(end))) {
                    end++;
                }
                if (end == i) {
                    return false;
                }
                tokens.add(text.substring(i, end));
                i = end;
            }
        }
        return true;
    }

    private static boolean isOfId(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '-'
                || c == '.'
                || c == '+'
                || c == ':';
    }

    private Optional<LicenceExpression> choice(int depth) {
        var parts = new ArrayList<LicenceExpression>();
        do {
            var part = conjunction(depth);
            if (part.isEmpty()) {
                return Optional.empty();
            }
            parts.add(part.get());
        } while (takes("or"));
        return Optional.of(LicenceExpression.any(parts));
    }

    private Optional<LicenceExpression> conjunction(int depth) {
        var parts = new ArrayList<LicenceExpression>();
        do {
            var part = part(depth);
            if (part.isEmpty()) {
                return Optional.empty();
            }
            parts.add(part.get());
        } while (takes("and"));
        return Optional.of(LicenceExpression.all(parts));
    }

    private Optional<LicenceExpression> part(int depth) {
        if (takes("(")) {
            var inner = depth >= DEEPEST ? Optional.<LicenceExpression>empty() : choice(depth + 1);
            return inner.filter(_ -> takes(")"));
        }
        var id = id();
        if (id.isEmpty()) {
            return Optional.empty();
        }
        if (!takes("with")) {
            return id.map(LicenceExpression::single);
        }
        return id().map(exception ->
                new LicenceExpression.Single(
                        LicenceKind.canonical(id.get()), Optional.of(exception)));
    }

    private Optional<String> id() {
        if (at == tokens.size() || isOperator(tokens.get(at))) {
            return Optional.empty();
        }
        return Optional.of(tokens.get(at++));
    }

    private static boolean isOperator(String token) {
        return switch (token.toLowerCase(Locale.ROOT)) {
            case "(", ")", "and", "or", "with" -> true;
            default -> false;
        };
    }

    private boolean takes(String token) {
        boolean isNext =
                at < tokens.size() && tokens.get(at).toLowerCase(Locale.ROOT).equals(token);
        at += isNext ? 1 : 0;
        return isNext;
    }
}
