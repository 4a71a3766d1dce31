package dev.sartor.template.syntax;

import dev.sartor.template.value.Characters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Cuts a template's source into tokens: text, tags and what stands in them. Newlines and white space around tags are
/// treated as by jinja2 with `trim_blocks` and `lstrip_blocks`.
final class Lexer {
    private final String source;
    private final List<Token> tokens = new ArrayList<>();
    private int position;
    private int line = 1;

    /// Whether the text at hand begins a line, as far as what was cut away before it says.
    private boolean isLineStart = true;

    private Lexer(String source) {
        var normal = source.replace("\r\n", "\n").replace('\r', '\n');
        this.source = normal.endsWith("\n") ? normal.substring(0, normal.length() - 1) : normal;
    }

    static List<Token> tokens(String source) {
        var lexer = new Lexer(source);
        lexer.readAll();
        return lexer.tokens;
    }

    private void readAll() {
        while (position < source.length()) {
            int tag = nextTag();
            if (tag < 0) {
                addData(source.substring(position));
                moveTo(source.length());
            } else if (source.charAt(tag + 1) == '#') {
                readComment(tag);
            } else {
                var raw = rawBegin(tag);
                if (raw.isPresent()) {
                    readRaw(tag, raw.get());
                } else {
                    readTag(tag);
                }
            }
        }
        tokens.add(new Token(Token.Kind.END, "", line));
    }

    private int nextTag() {
        for (int i = source.indexOf('{', position); i >= 0; i = source.indexOf('{', i + 1)) {
            if (i + 1 < source.length() && "%{#".indexOf(source.charAt(i + 1)) >= 0) {
                return i;
            }
        }
        return -1;
    }

    private void readComment(int tag) {
        addDataBefore(tag, true);
        int begin = afterSign(tag + 2);
        int end = source.indexOf("#}", begin);
        if (end < 0) {
            throw error("a comment has no end '#}'");
        }
        endTag(begin, end, 2, true);
    }

    private void readRaw(int tag, int begin) {
        addDataBefore(tag, true);
        moveTo(begin);
        isLineStart = source.charAt(begin - 1) == '\n';
        for (int i = source.indexOf("{%", begin); i >= 0; i = source.indexOf("{%", i + 1)) {
            int word = skipSpace(afterSign(i + 2));
            if (source.startsWith("endraw", word)) {
                int bodyEnd = skipSpace(word + "endraw".length());
                int close = source.indexOf("%}", bodyEnd);
                if (close >= 0 && close == afterSign(bodyEnd)) {
                    addDataBefore(i, true);
                    endTag(bodyEnd, close, 2, true);
                    return;
                }
            }
        }
        throw error("'{% raw %}' has no '{% endraw %}'");
    }

    /// The position after `{% raw %}`, where the tag is that.
    private Optional<Integer> rawBegin(int tag) {
        int word = skipSpace(afterSign(tag + 2));
        if (source.charAt(tag + 1) != '%' || !source.startsWith("raw", word)) {
            return Optional.empty();
        }
        int end = skipSpace(word + "raw".length());
        if (source.startsWith("%}", end)) {
            return Optional.of(end + 2);
        }
        return source.startsWith("-%}", end) ? Optional.of(skipSpace(end + 3)) : Optional.empty();
    }

    private void readTag(int tag) {
        boolean isBlock = source.charAt(tag + 1) == '%';
        addDataBefore(tag, isBlock);
        moveTo(afterSign(tag + 2));
        tokens.add(
                new Token(isBlock ? Token.Kind.BLOCK_BEGIN : Token.Kind.VARIABLE_BEGIN, "", line));
        var inside = new TagLexer(source, position, line, isBlock);
        inside.readInto(tokens);
        moveTo(inside.position());
        tokens.add(new Token(isBlock ? Token.Kind.BLOCK_END : Token.Kind.VARIABLE_END, "", line));
        endTag(position, inside.closing(), 2, isBlock);
    }

    /// Goes on behind a tag's closing characters; `-` before them takes all white space after them along, `+` none, else a
    /// block or comment takes one newline along.
    private void endTag(int begin, int closing, int width, boolean isBlock) {
        int after = closing + width;
        char sign = closing > begin ? source.charAt(closing - 1) : ' ';
        if (sign == '-') {
            after = skipSpace(after);
        } else if (isBlock && sign != '+' && source.startsWith("\n", after)) {
            after++;
        }
        moveTo(after);
        isLineStart = source.charAt(after - 1) == '\n';
    }

    /// Adds the text before a tag, less the white space that the tag takes away.
    private void addDataBefore(int tag, boolean isBlock) {
        var text = source.substring(position, tag);
        char sign = tag + 2 < source.length() ? source.charAt(tag + 2) : ' ';
        if (sign == '-') {
            text =
                    text.substring(
                            0, Characters.skipBack(text, 0, text.length(), Characters::isSpace));
        } else if (sign != '+' && isBlock) {
            int lineBegin = text.lastIndexOf('\n') + 1;
            boolean isBlank =
                    Characters.skip(text, lineBegin, text.length(), Characters::isSpace)
                            == text.length();
            if ((lineBegin > 0 || isLineStart) && isBlank) {
                text = text.substring(0, lineBegin);
            }
        }
        addData(text);
        moveTo(tag);
        isLineStart = false;
    }

    private void addData(String text) {
        if (!text.isEmpty()) {
            tokens.add(new Token(Token.Kind.DATA, text, line));
        }
    }

    private int afterSign(int at) {
        boolean isSign = at < source.length() && "+-".indexOf(source.charAt(at)) >= 0;
        return isSign ? at + 1 : at;
    }

    private int skipSpace(int at) {
        return Characters.skip(
                source, Math.min(at, source.length()), source.length(), Characters::isSpace);
    }

    private void moveTo(int target) {
        for (; position < target; position++) {
            if (source.charAt(position) == '\n') {
                line++;
            }
        }
    }

    private SyntaxError error(String message) {
        return new SyntaxError(line, message);
    }
}
