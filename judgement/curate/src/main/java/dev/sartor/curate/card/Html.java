package dev.sartor.curate.card;

import dev.sartor.core.text.HtmlText;
import java.util.List;
import java.util.stream.Collectors;

/// Blocks as a page of HTML without scripts, every text escaped.
final class Html {
    static final String UNANSWERED = "Not answered yet.";

    private static final String STYLE =
            "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a}"
                    + "table{border-collapse:collapse;margin:.5rem 0;display:block;overflow-x:auto}"
                    + "th,td{border:1px solid #ccc;padding:.25rem .6rem;text-align:left}"
                    + ".figure{text-align:right;font-variant-numeric:tabular-nums}"
                    + ".question{font-weight:600;margin-bottom:0}.answer{margin-top:.2rem;white-space:pre-line}"
                    + ".unanswered{color:#8a4b00;font-style:italic}";

    private Html() {}

    static String of(String title, List<Block> blocks) {
        return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>"
                + HtmlText.escaped(title)
                + "</title>\n<style>"
                + STYLE
                + "</style>\n</head>\n<body>\n"
                + blocks.stream().map(Html::of).collect(Collectors.joining("\n"))
                + "\n</body>\n</html>\n";
    }

    private static String of(Block block) {
        return switch (block) {
            case Block.Heading heading ->
                    "<h"
                            + heading.level()
                            + ">"
                            + HtmlText.escaped(heading.text())
                            + "</h"
                            + heading.level()
                            + ">";
            case Block.Paragraph paragraph -> "<p>" + HtmlText.escaped(paragraph.text()) + "</p>";
            case Block.Table table -> table(table);
            case Block.Asked asked ->
                    "<p class=\"question\">"
                            + HtmlText.escaped(asked.question())
                            + "</p>\n"
                            + asked.answer()
                                    .map(each ->
                                            "<p class=\"answer\">"
                                                    + HtmlText.escaped(each)
                                                    + "</p>")
                                    .orElse(
                                            "<p class=\"answer unanswered\">"
                                                    + UNANSWERED
                                                    + "</p>");
        };
    }

    private static String table(Block.Table table) {
        return "<table>\n<thead>"
                + row(table.head(), "th", table.alignedRight())
                + "</thead>\n<tbody>\n"
                + table.rows().stream()
                        .map(each -> row(each, "td", table.alignedRight()))
                        .collect(Collectors.joining("\n"))
                + "\n</tbody>\n</table>";
    }

    private static String row(List<String> cells, String element, List<Integer> alignedRight) {
        var row = new StringBuilder("<tr>");
        for (int column = 0; column < cells.size(); column++) {
            row.append('<')
                    .append(element)
                    .append(alignedRight.contains(column) ? " class=\"figure\">" : ">")
                    .append(HtmlText.escaped(cells.get(column)))
                    .append("</")
                    .append(element)
                    .append('>');
        }
        return row.append("</tr>").toString();
    }
}
