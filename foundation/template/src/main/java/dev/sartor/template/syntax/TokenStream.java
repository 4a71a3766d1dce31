package dev.sartor.template.syntax;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// The tokens of a template, one after the other, and what the parser knows on the way: how deep it is, which names it
/// has met, and whether an unknown filter may wait until it is reached.
final class TokenStream {
    private static final int DEEPEST = 100;

    /// Names that the language itself gives a value inside of loops and macros.
    private static final Set<String> GIVEN = Set.of("loop", "caller", "varargs", "kwargs");

    private final List<Token> tokens;
    private int position;
    private int depth;
    private Set<String> names = new HashSet<>();
    private final List<SyntaxError> unknown = new ArrayList<>();
    private final List<SyntaxError> refused = new ArrayList<>();
    private boolean isInLoop;
    private final Set<String> assigned = new HashSet<>();

    TokenStream(List<Token> tokens) {
        this.tokens = tokens;
    }

    Token current() {
        return tokens.get(position);
    }

    Token ahead() {
        return tokens.get(Math.min(position + 1, tokens.size() - 1));
    }

    Token next() {
        var token = tokens.get(position);
        if (position < tokens.size() - 1) {
            position++;
        }
        return token;
    }

    int line() {
        return current().line();
    }

    boolean is(Token.Kind kind) {
        return current().kind() == kind;
    }

    boolean isOperator(String operator) {
        return current().isOperator(operator);
    }

    boolean isName(String name) {
        return current().isName(name);
    }

    boolean skipOperator(String operator) {
        if (!isOperator(operator)) {
            return false;
        }
        next();
        return true;
    }

    boolean skipName(String name) {
        if (!isName(name)) {
            return false;
        }
        next();
        return true;
    }

    Token expect(Token.Kind kind, String what) {
        if (!is(kind)) {
            throw unexpected(what);
        }
        return next();
    }

    void expectOperator(String operator) {
        if (!skipOperator(operator)) {
            throw unexpected("'" + operator + "'");
        }
    }

    void expectName(String name) {
        if (!skipName(name)) {
            throw unexpected("'" + name + "'");
        }
    }

    SyntaxError unexpected(String expected) {
        return new SyntaxError(line(), "expected " + expected + ", found " + current().described());
    }

    /// Goes one level deeper into expressions or blocks; {@link #leave} comes back.
    void enter() {
        if (++depth > DEEPEST) {
            throw new SyntaxError(
                    line(), "more than " + DEEPEST + " expressions or blocks in each other");
        }
    }

    void leave() {
        depth--;
    }

    /// Remembers that the template gives a name a value.
    void assigned(String name) {
        assigned.add(name);
    }

    /// The names that the template reads and nowhere gives a value.
    Set<String> foreignNames() {
        Set<String> foreign = new TreeSet<>(names);
        foreign.removeAll(assigned);
        foreign.removeAll(GIVEN);
        return foreign;
    }

    /// Remembers that the body at hand uses a name.
    void met(String name) {
        names.add(name);
    }

    /// Remembers a filter or test that does not exist. Like jinja2 the parser forgives it right inside of an `if`, where it
    /// is refused only when it is reached.
    void unknown(String message, int line) {
        unknown.add(new SyntaxError(line, message));
    }

    /// A place among the unknown names, for {@link #forgiveSince} and {@link #insistSince}.
    int unknownMark() {
        return unknown.size();
    }

    void forgiveSince(int mark) {
        unknown.subList(mark, unknown.size()).clear();
    }

    void insistSince(int mark) {
        var recent = unknown.subList(mark, unknown.size());
        refused.addAll(recent);
        recent.clear();
    }

    void throwUnknown() {
        insistSince(0);
        if (!refused.isEmpty()) {
            throw Collections.min(refused, Comparator.comparingInt(SyntaxError::line));
        }
    }

    boolean isInLoop() {
        return isInLoop;
    }

    boolean setInLoop(boolean now) {
        boolean before = isInLoop;
        isInLoop = now;
        return before;
    }

    /// Begins a new set of met names and gives back the old one.
    Set<String> exchangeNames(Set<String> fresh) {
        var before = names;
        names = fresh;
        return before;
    }
}
