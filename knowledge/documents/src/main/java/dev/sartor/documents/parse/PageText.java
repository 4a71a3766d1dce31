package dev.sartor.documents.parse;

import dev.sartor.core.Pages;
import java.util.List;
import java.util.regex.Pattern;

/// Finds headings in text whose structure is lost, as in most PDF files: a short line that begins like a heading, ends
/// without a full stop, and has a longer paragraph below it. The first one that stands on top is the title.
final class PageText {
    private static final int MOST_CHARACTERS = 80;
    private static final int MOST_WORDS = 10;
    private static final Pattern HEADING = Pattern.compile("[\\p{Lu}\\d].*\\p{L}{2}.*[^.,;:!?…]");
    private static final Pattern PAGE_NUMBER =
            Pattern.compile("(?:(?i:page|seite|-)\\s*)?\\d+(?:\\s*(?:of|/|von|-)\\s*\\d*)?");

    private PageText() {}

    record Paragraph(String text, Pages pages) {}

    /// @param paragraphs of all pages in reading order
    static void into(Outline outline, List<Paragraph> paragraphs) {
        var content =
                paragraphs.stream()
                        .filter(p ->
                                !p.text().isEmpty() && !PAGE_NUMBER.matcher(p.text()).matches())
                        .toList();
        for (int i = 0; i < content.size(); i++) {
            var text = content.get(i).text();
            outline.at(content.get(i).pages());
            if (i == 0 && content.size() > 1 && looksLikeHeading(text)) {
                outline.heading(1, text);
            } else if (i + 1 < content.size() && isAbove(text, content.get(i + 1).text())) {
                outline.heading(2, text);
            } else {
                outline.block(text);
            }
        }
    }

    private static boolean isAbove(String text, String next) {
        return looksLikeHeading(text) && !looksLikeHeading(next) && next.length() > text.length();
    }

    private static boolean looksLikeHeading(String text) {
        return text.length() <= MOST_CHARACTERS
                && text.split("\\s+", -1).length <= MOST_WORDS
                && HEADING.matcher(text).matches();
    }
}
