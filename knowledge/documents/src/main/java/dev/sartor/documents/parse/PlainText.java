package dev.sartor.documents.parse;

import dev.sartor.core.Readers;
import dev.sartor.documents.Document;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Text without markup: paragraphs between blank lines.
public final class PlainText {
    private static final Pattern BLANK_LINES = Pattern.compile("\\R[ \t]*\\R\\s*");

    private PlainText() {}

    public static Document read(String path, String text, Readers readers) {
        var outline = new Outline();
        paragraphs(text).forEach(outline::block);
        return new Document(path, name(path), outline.sections(), readers);
    }

    static Stream<String> paragraphs(String text) {
        return BLANK_LINES.splitAsStream(text);
    }

    /// The file's name without folder and ending.
    public static String name(String path) {
        var name = path.substring(path.lastIndexOf('/') + 1);
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    /// Strict UTF-8, with or without a byte order mark.
    public static String decode(byte[] bytes) throws CharacterCodingException {
        var text =
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT)
                        .decode(ByteBuffer.wrap(bytes))
                        .toString();
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }
}
