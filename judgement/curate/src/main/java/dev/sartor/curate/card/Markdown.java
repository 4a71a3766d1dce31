package dev.sartor.curate.card;

import java.util.List;
import java.util.stream.Collectors;

/// Blocks as Markdown. What stands in the data is escaped: a label such as `<script>` or `a|b` is shown as it is.
final class Markdown {
    private static final String MARKS = "\\`*_[]<>#+-=!|~&";

    private Markdown() {}

    static String of(List<Block> blocks) {
        return blocks.stream().map(Markdown::of).collect(Collectors.joining("\n\n")) + "\n";
    }

    private static String of(Block block) {
        return switch (block) {
            case Block.Heading heading -> "#".repeat(heading.level()) + " " + line(heading.text());
            case Block.Paragraph paragraph -> line(paragraph.text());
            case Block.Table table -> table(table);
            case Block.Asked asked ->
                    "**"
                            + line(asked.question())
                            + "**\n\n"
                            + asked.answer()
                                    .map(Markdown::paragraphs)
                                    .orElse("*" + Html.UNANSWERED + "*");
        };
    }

    private static String table(Block.Table table) {
        var lines = new StringBuilder(row(table.head()));
        for (int column = 0; column < table.head().size(); column++) {
            lines.append(column == 0 ? "\n|" : "")
                    .append(table.alignedRight().contains(column) ? "---:|" : "---|");
        }
        table.rows().forEach(each -> lines.append('\n').append(row(each)));
        return lines.toString();
    }

    private static String row(List<String> cells) {
        return cells.stream().map(Markdown::line).collect(Collectors.joining(" | ", "| ", " |"));
    }

    /// An answer keeps its paragraphs.
    private static String paragraphs(String text) {
        return text.lines()
                .map(String::strip)
                .map(Markdown::line)
                .collect(Collectors.joining("\n"));
    }

    /// One line, with every mark escaped that could begin something.
    static String line(String raw) {
        var text = raw.strip();
        var line = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') {
                line.append(' ');
            } else if (MARKS.indexOf(c) >= 0 && isMark(text, i)) {
                line.append('\\').append(c);
            } else {
                line.append(c);
            }
        }
        return line.toString().strip();
    }

    /// These begin something at the beginning of a line alone; `!` before a bracket need not be escaped, as the bracket is.
    private static boolean isMark(String text, int at) {
        return switch (text.charAt(at)) {
            case '-', '+', '#', '=', '!' -> at == 0;
            default -> true;
        };
    }
}
