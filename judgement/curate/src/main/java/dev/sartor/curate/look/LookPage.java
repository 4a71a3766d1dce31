package dev.sartor.curate.look;

import dev.sartor.core.text.HtmlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A {@link Look} as one HTML page that needs nothing else: pictures are SVG, and there is no script.
public final class LookPage {
    private static final List<String> COLOURS =
            List.of(
                    "#4269d0", "#efb118", "#ff725c", "#6cc5b0", "#3ca951", "#ff8ab7", "#a463f2",
                    "#97bbf5", "#9c6b4e", "#9498a0");
    private static final int MOST_LABELS = 40;

    private final Look look;
    private final StringBuilder html = new StringBuilder();

    private LookPage(Look look) {
        this.look = look;
    }

    /// @param title what was looked at
    public static String of(Look look, String title) {
        return new LookPage(look).page(title);
    }

    private String page(String title) {
        html.append("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">")
                .append("<meta name=\"viewport\" content=\"width=device-width\"><title>")
                .append(HtmlText.escaped(title))
                .append("</title><style>")
                .append(STYLE)
                .append("</style><h1>")
                .append(HtmlText.escaped(title))
                .append("</h1>");
        summary();
        notes();
        lengths();
        labels();
        map();
        contradictions();
        unusual();
        fields();
        files();
        return html.append("</html>\n").toString();
    }

    private void summary() {
        html.append("<p class=\"facts\">");
        fact(number(look.rows()), "rows");
        fact(number(look.labels().size()), "labels");
        fact(number(look.duplicates()), "duplicates");
        fact(
                number(look.contradictions().size())
                        + (look.contradictions().size() == 20 ? "+" : ""),
                "texts with several labels");
        fact(number(Math.round(look.tokens().median())), "tokens at the median");
        html.append("</p>");
    }

    private void fact(String value, String name) {
        html.append("<span><b>").append(value).append("</b> ").append(name).append("</span>");
    }

    private void notes() {
        look.notes()
                .forEach(note ->
                        html.append("<p class=\"note\">")
                                .append(HtmlText.escaped(note))
                                .append("</p>"));
    }

    private void lengths() {
        heading("Lengths");
        html.append("<div class=\"row\">");
        spread("characters", look.characters());
        spread("words", look.words());
        spread(
                "tokens of the embedder"
                        + (look.sampled() < look.rows()
                                ? ", of " + number(look.sampled()) + " rows"
                                : ""),
                look.tokens());
        html.append("</div>");
    }

    private void spread(String name, Look.Spread spread) {
        if (spread.bins().isEmpty()) {
            return;
        }
        long most = Math.max(1, spread.bins().stream().mapToLong(Long::longValue).max().orElse(1));
        html.append("<figure><svg viewBox=\"0 0 240 80\" role=\"img\" aria-label=\"")
                .append(HtmlText.escaped(name))
                .append("\">");
        for (int i = 0; i < spread.bins().size(); i++) {
            double height = 76.0 * spread.bins().get(i) / most;
            html.append(
                    String.format(
                            Locale.ROOT,
                            "<rect x=\"%d\" y=\"%.1f\" width=\"9\" height=\"%.1f\"><title>%s rows</title></rect>",
                            i * 10,
                            80 - height,
                            height,
                            number(spread.bins().get(i))));
        }
        html.append("</svg><figcaption><b>")
                .append(HtmlText.escaped(name))
                .append("</b>: ")
                .append(number(Math.round(spread.least())))
                .append(" to ")
                .append(number(Math.round(spread.most())))
                .append(", half of them up to ")
                .append(number(Math.round(spread.median())))
                .append(", 95 % up to ")
                .append(number(Math.round(spread.p95())))
                .append("</figcaption></figure>");
    }

    private void labels() {
        if (look.labels().isEmpty()) {
            return;
        }
        heading("Labels");
        long most = Math.max(1, look.labels().getFirst().rows());
        html.append("<table class=\"bars\">");
        var shown = look.labels().subList(0, Math.min(MOST_LABELS, look.labels().size()));
        for (var label : shown) {
            html.append("<tr><td>")
                    .append(HtmlText.escaped(label.label()))
                    .append("<td class=\"number\">")
                    .append(number(label.rows()))
                    .append("<td><i style=\"width:")
                    .append(String.format(Locale.ROOT, "%.1f", 100.0 * label.rows() / most))
                    .append("%\"></i></tr>");
        }
        html.append("</table>");
        if (shown.size() < look.labels().size()) {
            html.append("<p>")
                    .append(look.labels().size() - shown.size())
                    .append(" more, the rarest with ")
                    .append(number(look.labels().getLast().rows()))
                    .append(" rows.</p>");
        }
    }

    private void map() {
        if (look.map().size() < 3) {
            return;
        }
        heading("Map of the texts");
        html.append("<p>")
                .append(number(look.map().size()))
                .append(
                        " rows, by the first two principal components of their vectors: near each other where they mean alike."
                                + " Point at one to read it.</p><svg class=\"map\" viewBox=\"-105 -105 210 210\" role=\"img\""
                                + " aria-label=\"map of the texts\">");
        var names = new ArrayList<String>();
        look.labels().forEach(each -> names.add(each.label()));
        for (var point : look.map()) {
            int colour = names.indexOf(point.label());
            html.append(
                            String.format(
                                    Locale.ROOT,
                                    "<circle cx=\"%.2f\" cy=\"%.2f\" r=\"1.1\" fill=\"%s\"><title>",
                                    100 * point.x(),
                                    -100 * point.y(),
                                    colour(colour)))
                    .append(HtmlText.escaped(point.label().isEmpty() ? "" : point.label() + ": "))
                    .append(HtmlText.escaped(point.text()))
                    .append("</title></circle>");
        }
        html.append("</svg><p class=\"legend\">");
        for (int i = 0; i < Math.min(names.size(), COLOURS.size() - 1); i++) {
            html.append("<span><i style=\"background:")
                    .append(colour(i))
                    .append("\"></i>")
                    .append(HtmlText.escaped(names.get(i)))
                    .append("</span>");
        }
        if (names.size() >= COLOURS.size()) {
            html.append("<span><i style=\"background:")
                    .append(COLOURS.getLast())
                    .append("\"></i>all other labels</span>");
        }
        html.append("</p>");
    }

    /// The commonest labels have one each, all others the last.
    private static String colour(int label) {
        if (label < 0) {
            return COLOURS.getFirst();
        }
        return COLOURS.get(Math.min(label, COLOURS.size() - 1));
    }

    private void contradictions() {
        if (look.contradictions().isEmpty()) {
            return;
        }
        heading("One text, several labels");
        html.append("<table><tr><th>text<th>labels<th>where</tr>");
        for (var each : look.contradictions()) {
            html.append("<tr><td>")
                    .append(HtmlText.escaped(each.text()))
                    .append("<td>")
                    .append(HtmlText.escaped(String.join(", ", each.labels())))
                    .append("<td>")
                    .append(HtmlText.escaped(String.join(", ", each.places())))
                    .append("</tr>");
        }
        html.append("</table>");
    }

    private void unusual() {
        if (look.unusual().isEmpty()) {
            return;
        }
        heading("Like no other");
        html.append("<table><tr><th>text<th class=\"number\">cosine to the nearest<th>where</tr>");
        for (var each : look.unusual()) {
            html.append("<tr><td>")
                    .append(HtmlText.escaped(each.text()))
                    .append("<td class=\"number\">")
                    .append(String.format(Locale.ROOT, "%.2f", each.similarity()))
                    .append("<td>")
                    .append(HtmlText.escaped(each.place()))
                    .append("</tr>");
        }
        html.append("</table>");
    }

    private void fields() {
        heading("Fields");
        html.append(
                "<table><tr><th>field<th class=\"number\">rows<th>holds<th class=\"number\">distinct<th>such as</tr>");
        for (var field : look.fields()) {
            html.append("<tr><td>")
                    .append(HtmlText.escaped(field.name()))
                    .append("<td class=\"number\">")
                    .append(number(field.rows()))
                    .append("<td>")
                    .append(HtmlText.escaped(String.join(", ", field.kinds())))
                    .append("<td class=\"number\">")
                    .append(number(field.distinct()))
                    .append(field.distinct() == 1000 ? "+" : "")
                    .append("<td>")
                    .append(HtmlText.escaped(field.example()))
                    .append("</tr>");
        }
        html.append("</table>");
    }

    private void files() {
        heading("Files");
        html.append(
                "<table><tr><th>file<th class=\"number\">rows<th class=\"number\">unreadable</tr>");
        for (var file : look.files().subList(0, Math.min(200, look.files().size()))) {
            html.append("<tr><td>")
                    .append(HtmlText.escaped(file.file()))
                    .append("<td class=\"number\">")
                    .append(number(file.rows()))
                    .append("<td class=\"number\">")
                    .append(number(file.unreadable()))
                    .append("</tr>");
        }
        html.append("</table>");
        if (look.files().size() > 200) {
            html.append("<p>and ").append(number(look.files().size() - 200L)).append(" more.</p>");
        }
    }

    private void heading(String text) {
        html.append("<h2>").append(text).append("</h2>");
    }

    private static String number(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    private static final String STYLE =
            """
            :root{color-scheme:light dark}
            body{font:15px/1.5 system-ui,sans-serif;max-width:1080px;margin:2rem auto;padding:0 1rem}
            h1{font-size:1.5rem;overflow-wrap:anywhere}h2{font-size:1.1rem;margin-top:2rem}
            .facts span{display:inline-block;margin-right:1.6rem}.facts b{font-size:1.4rem}
            .note{border-left:3px solid #efb118;padding-left:.7rem}
            .row{display:flex;flex-wrap:wrap;gap:1.5rem}figure{margin:0;flex:1 1 240px;max-width:340px}
            figure rect{fill:#4269d0}figcaption{font-size:.85rem}
            table{border-collapse:collapse;width:100%;display:block;overflow-x:auto}
            td,th{padding:.2rem .7rem .2rem 0;text-align:left;vertical-align:top}
            td{border-top:1px solid #8883}.number{text-align:right;white-space:nowrap}
            .bars td:last-child{width:60%}.bars i{display:block;height:.8rem;margin-top:.35rem;background:#4269d0}
            .map{width:100%;max-width:720px;border:1px solid #8883}.map circle{opacity:.75}
            .legend span{display:inline-block;margin-right:1rem}.legend i{display:inline-block;width:.7rem;height:.7rem;margin-right:.3rem}
            """;
}
