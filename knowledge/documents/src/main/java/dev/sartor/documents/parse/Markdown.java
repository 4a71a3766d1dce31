package dev.sartor.documents.parse;

import dev.sartor.core.Readers;
import dev.sartor.documents.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads Markdown into sections: ATX and setext headings, fenced code, lists, tables, YAML front matter. What only
/// decorates (emphasis, link targets) is left out, so that a passage reads like text.
public final class Markdown {
    private static final Pattern ATX =
            Pattern.compile(" {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*");
    private static final Pattern SETEXT = Pattern.compile(" {0,3}(=+|-+)[ \t]*");
    private static final Pattern FENCE = Pattern.compile(" {0,3}(`{3,}|~{3,})(.*)");
    private static final Pattern LIST_ITEM = Pattern.compile("\\s*(?:[-*+]|\\d{1,9}[.)])[ \t]+.*");
    private static final Pattern TITLE = Pattern.compile("title:[ \t]*[\"']?(.*?)[\"']?[ \t]*");
    private static final Pattern LINK =
            Pattern.compile("!?\\[([^\\]\\[]*)\\]\\([^()\\s]*(?:\\s+\"[^\"]*\")?\\)");
    private static final Pattern STRONG = Pattern.compile("(\\*\\*|__)(?=\\S)(.+?)(?<=\\S)\\1");
    private static final Pattern EMPHASIS =
            Pattern.compile("(?<![\\w*])\\*(?=[^\\s*])([^*]+?)(?<=[^\\s*])\\*(?![\\w*])");
    private static final Pattern CODE = Pattern.compile("(`+)(?!`)(.+?)(?<!`)\\1(?!`)");
    private static final Pattern ESCAPE = Pattern.compile("\\\\([\\\\`*_{}\\[\\]()#+.!|>~-])");

    private final Outline outline = new Outline();
    private final List<String> paragraph = new ArrayList<>();
    private final Deadline deadline;
    private Optional<String> frontMatterTitle = Optional.empty();

    private Markdown(Deadline deadline) {
        this.deadline = deadline;
    }

    public static Document read(String path, String text, Readers readers) {
        return read(path, text, readers, Deadline.never());
    }

    /// @throws Deadline.Passed where it takes longer
    public static Document read(String path, String text, Readers readers, Deadline deadline) {
        var markdown = new Markdown(deadline);
        var removed = Comments.from(text.lines().toList(), deadline);
        var lines = removed.lines();
        markdown.read(lines.subList(markdown.frontMatter(lines), lines.size()));
        var sections = markdown.outline.sections();
        var title =
                markdown.outline
                        .topHeading()
                        .or(() -> markdown.frontMatterTitle)
                        .orElseGet(() -> PlainText.name(path));
        return new Document(path, title, sections, readers, removed.hidden());
    }

    /// How many lines the front matter takes.
    private int frontMatter(List<String> lines) {
        if (lines.isEmpty() || !lines.getFirst().stripTrailing().equals("---")) {
            return 0;
        }
        for (int i = 1; i < lines.size(); i++) {
            var line = lines.get(i).stripTrailing();
            if (line.equals("---") || line.equals("...")) {
                return i + 1;
            }
            var title = in(line, TITLE);
            if (title.matches() && !title.group(1).isBlank()) {
                frontMatterTitle = Optional.of(title.group(1));
            }
        }
        frontMatterTitle = Optional.empty();
        return 0;
    }

    private void read(List<String> lines) {
        int i = 0;
        while (i < lines.size()) {
            var line = lines.get(i);
            var fence = FENCE.matcher(line);
            var atx = in(line, ATX);
            if (fence.matches()
                    && !(fence.group(1).startsWith("`") && fence.group(2).contains("`"))) {
                i = code(lines, i, fence.group(1));
                continue;
            }
            if (atx.matches()) {
                endParagraph();
                outline.heading(
                        atx.group(1).length(), plain(atx.group(2) == null ? "" : atx.group(2)));
            } else if (SETEXT.matcher(line).matches() && isSetextText()) {
                var text = String.join(" ", paragraph);
                paragraph.clear();
                outline.heading(line.strip().startsWith("=") ? 1 : 2, plain(text));
            } else if (line.isBlank() || isRule(line)) {
                endParagraph();
            } else {
                paragraph.add(line);
            }
            i++;
        }
        endParagraph();
    }

    private boolean isSetextText() {
        return !paragraph.isEmpty()
                && !LIST_ITEM.matcher(paragraph.getLast()).matches()
                && !isTableRow(paragraph.getLast());
    }

    /// Takes a fenced block as it stands. An unclosed one reaches to the end of the document, as in CommonMark.
    private int code(List<String> lines, int start, String fence) {
        endParagraph();
        var code = new ArrayList<String>();
        int i = start + 1;
        while (i < lines.size() && !closes(lines.get(i), fence)) {
            code.add(lines.get(i));
            i++;
        }
        outline.block(String.join("\n", code));
        return i + 1;
    }

    private static boolean closes(String line, String fence) {
        var matcher = FENCE.matcher(line);
        return matcher.matches()
                && matcher.group(1).charAt(0) == fence.charAt(0)
                && matcher.group(1).length() >= fence.length()
                && matcher.group(2).isBlank();
    }

    /// Lines of a paragraph belong together; items of a list and rows of a table stay lines.
    private void endParagraph() {
        var text = new StringBuilder();
        for (var line : paragraph) {
            if (isTableRule(line)) {
                continue;
            }
            boolean ownLine = LIST_ITEM.matcher(line).matches() || isTableRow(line);
            if (!text.isEmpty()) {
                text.append(ownLine ? '\n' : ' ');
            }
            text.append(line.strip().replaceFirst("^> ?", ""));
        }
        paragraph.clear();
        outline.block(plain(text.toString()));
    }

    private static boolean isTableRow(String line) {
        return line.strip().startsWith("|");
    }

    /// At least three of `-`, `*` and `_`, and blanks.
    private static boolean isRule(String line) {
        return !line.startsWith("    ")
                && !line.startsWith("\t")
                && line.chars().allMatch(c -> c == ' ' || c == '\t' || isRuleMark(c))
                && line.chars().filter(Markdown::isRuleMark).count() >= 3;
    }

    private static boolean isRuleMark(int c) {
        return c == '-' || c == '*' || c == '_';
    }

    private static boolean isTableRule(String line) {
        return line.contains("--")
                && line.contains("|")
                && line.chars()
                        .allMatch(
                                c -> c == '-' || c == '|' || c == ':' || Character.isWhitespace(c));
    }

    private String plain(String text) {
        var result = in(text, LINK).replaceAll("$1");
        result = in(result, STRONG).replaceAll("$2");
        result = in(result, EMPHASIS).replaceAll("$1");
        result = in(result, CODE).replaceAll("$2");
        return in(result, ESCAPE).replaceAll("$1");
    }

    private Matcher in(String text, Pattern pattern) {
        return pattern.matcher(deadline.timed(text));
    }
}
