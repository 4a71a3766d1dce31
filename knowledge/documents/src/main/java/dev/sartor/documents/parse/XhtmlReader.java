package dev.sartor.documents.parse;

import dev.sartor.core.Readers;
import dev.sartor.documents.Document;
import dev.sartor.documents.HiddenText;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import org.xml.sax.Attributes;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/// Reads the XHTML that Tika makes of any format into sections. Not thread-safe.
public final class XhtmlReader extends DefaultHandler {
    private static final Set<String> INLINE =
            Set.of(
                    "a", "b", "i", "u", "s", "em", "strong", "span", "font", "code", "sub", "sup",
                    "small", "mark", "abbr", "q", "cite", "img", "meta", "link");

    private final Visibility visibility = new Visibility();
    private final Outline outline = new Outline();
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder lines = new StringBuilder();
    private Optional<String> statedTitle = Optional.empty();
    private int listDepth;
    private int tableDepth;
    private int preDepth;
    private boolean plain;
    private final PageCount count = new PageCount();
    private final List<PageText.Paragraph> paragraphs = new ArrayList<>();

    private XhtmlReader() {}

    /// @throws SAXException where the text is not well-formed XML
    public static Document read(String path, String xhtml, Readers readers) throws SAXException {
        var reader = new XhtmlReader();
        try {
            var factory = SAXParserFactory.newDefaultInstance();
            factory.setNamespaceAware(true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.newSAXParser().parse(new InputSource(new StringReader(xhtml)), reader);
        } catch (IOException | ParserConfigurationException e) {
            throw new SAXException(e);
        }
        var sections = reader.outline.sections();
        var title =
                reader.outline
                        .topHeading()
                        .or(() -> reader.statedTitle)
                        .orElseGet(() -> PlainText.name(path));
        var hidden = new HiddenText(0, reader.visibility.hidden(), 0);
        return new Document(path, title, sections, readers, hidden);
    }

    @Override
    public void startElement(String uri, String name, String qualified, Attributes attributes) {
        visibility.enter(attributes);
        count.enter(name, attributes);
        if (name.equals("meta") && "Content-Type".equals(attributes.getValue("name"))) {
            plain = attributes.getValue("content").startsWith("text/plain");
        }
        if (INLINE.contains(name)) {
            return;
        }
        switch (name) {
            case "br" -> text.append(preDepth > 0 ? '\n' : ' ');
            case "ul", "ol" -> {
                if (isInLines()) {
                    endLine();
                } else {
                    endText();
                }
                listDepth++;
            }
            case "table" -> {
                endText();
                tableDepth++;
            }
            case "pre" -> {
                endText();
                preDepth++;
            }
            default -> endText();
        }
    }

    @Override
    public void endElement(String uri, String name, String qualified) {
        visibility.leave();
        close(name);
        count.leave();
    }

    private void close(String name) {
        if (INLINE.contains(name) || name.equals("br")) {
            return;
        }
        switch (name) {
            case "title" -> endTitle();
            case "h1", "h2", "h3", "h4", "h5", "h6" -> endHeading(name.charAt(1) - '0');
            case "li" -> endLine();
            case "td", "th" -> text.append(" | ");
            case "tr" -> endLine();
            case "ul", "ol" -> {
                endLine();
                listDepth--;
                endLines();
            }
            case "table" -> {
                endLine();
                tableDepth--;
                endLines();
            }
            case "pre" -> {
                outline.block(text.toString());
                text.setLength(0);
                preDepth--;
            }
            default -> endText();
        }
    }

    @Override
    public void characters(char[] ch, int start, int length) {
        if (visibility.shows(ch, start, length)) {
            text.append(ch, start, length);
        }
    }

    @Override
    public void endDocument() {
        PageText.into(outline, paragraphs);
    }

    private void endTitle() {
        var title = collapsed();
        statedTitle = title.isEmpty() ? Optional.empty() : Optional.of(title);
    }

    private void endHeading(int level) {
        if (isInLines()) {
            endText();
            return;
        }
        outline.heading(level, collapsed());
    }

    /// The end of a paragraph: a block, or inside a list or a table just a space.
    private void endText() {
        if (isInLines()) {
            text.append(' ');
        } else if (plain) {
            PlainText.paragraphs(text.toString()).forEach(outline::block);
            text.setLength(0);
        } else if (count.hasPages()) {
            paragraphs.add(new PageText.Paragraph(collapsed(), count.here()));
        } else if (preDepth == 0) {
            outline.block(collapsed());
        }
    }

    private void endLine() {
        var line = withoutEmptyCells(collapsed());
        if (!line.isEmpty()) {
            lines.append(tableDepth > 0 ? "" : "- ").append(line).append('\n');
        }
    }

    /// By hand, as the pattern would take the square of the row's length.
    private static String withoutEmptyCells(String row) {
        int end = row.length();
        while (row.startsWith(" |", end - 2)) {
            end -= 2;
        }
        return row.substring(0, end);
    }

    private void endLines() {
        if (!isInLines()) {
            outline.block(lines.toString());
            lines.setLength(0);
        }
    }

    private boolean isInLines() {
        return listDepth > 0 || tableDepth > 0;
    }

    private String collapsed() {
        var result = text.toString().replaceAll("[\\s\\u00a0]+", " ").strip();
        text.setLength(0);
        return result;
    }
}
