package dev.sartor.cli.index;

import dev.sartor.core.Json;
import dev.sartor.core.Passage;
import dev.sartor.retrieve.Finding;
import dev.sartor.retrieve.search.Highlights;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;

/// Passages found for a question, as text and as JSON.
///
/// @param scored whether scores are shown: a standing index gives ranks alone, as scores tell of words in passages that
///     the asker may not read
/// @param highlights of the question
/// @param bold whether the question's words are, which a terminal alone can show
record FindingsText(boolean scored, Highlights highlights, boolean bold) {
    private static final String BOLD = "\u001b[1m";
    private static final String PLAIN = "\u001b[22m";

    String text(int rank, Finding finding) {
        var passage = finding.passage();
        var also =
                finding.alsoIn().isEmpty()
                        ? ""
                        : ("also in " + String.join(", ", finding.alsoIn())).indent(3);
        var score = scored ? String.format(Locale.ROOT, " (%.4f)", passage.score()) : "";
        return rank
                + ". "
                + passage.place()
                + score
                + "\n"
                + marked(passage).strip().indent(3)
                + also;
    }

    private String marked(Passage passage) {
        var text = passage.text();
        if (!bold) {
            return text;
        }
        var marked = new StringBuilder();
        int at = 0;
        for (var span : highlights.in(passage)) {
            marked.append(text, at, span.from())
                    .append(BOLD)
                    .append(text, span.from(), span.to())
                    .append(PLAIN);
            at = span.to();
        }
        return marked.append(text, at, text.length()).toString();
    }

    ArrayNode json(List<Finding> found) {
        var json = Json.mapper().createArrayNode();
        for (var finding : found) {
            var passage = finding.passage();
            var each =
                    json.addObject()
                            .put("id", passage.id())
                            .put("document", passage.document())
                            .put("section", passage.section())
                            .put("text", passage.text());
            passage.pages().into(each);
            each.put("rank", json.size());
            if (scored) {
                each.put("score", passage.score());
            }
            var words = each.putArray("highlights");
            highlights
                    .in(passage)
                    .forEach(span -> words.addArray().add(span.from()).add(span.to()));
            var also = each.putArray("also_in");
            finding.alsoIn().forEach(also::add);
        }
        return json;
    }
}
