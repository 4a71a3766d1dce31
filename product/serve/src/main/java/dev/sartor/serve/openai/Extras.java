package dev.sartor.serve.openai;

import dev.sartor.core.Answer;
import dev.sartor.core.Json;
import dev.sartor.core.Passage;
import dev.sartor.core.Statement;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What a message of this server has besides its text: sources, statements, how sure it is.
public final class Extras {
    /// Their names, which may be sent back.
    public static final List<String> NAMES =
            List.of("sources", "statements", "confidence", "abstained", "omitted");

    private Extras() {}

    public static void into(ObjectNode message, Answer answer) {
        if (!answer.passages().isEmpty()) {
            message.set("sources", sources(answer.passages()));
        }
        if (!answer.statements().isEmpty()) {
            message.set("statements", statements(answer.statements()));
        }
        answer.confidence().ifPresent(sure -> message.put("confidence", rounded(sure)));
        if (answer.abstained()) {
            message.put("abstained", true);
        }
        omitted(message, answer.omitted());
    }

    /// Of passages that the asker may read.
    private static void omitted(ObjectNode message, Answer.Omitted omitted) {
        if (!omitted.equals(Answer.Omitted.none())) {
            message.putObject("omitted")
                    .put("injections", omitted.injections())
                    .put("withheld", omitted.withheld());
        }
    }

    private static double rounded(double confidence) {
        return Math.round(confidence * 10_000) / 10_000.0;
    }

    /// Best first, with ranks and without scores, which tell of words in passages that the asker may not read.
    private static ArrayNode sources(List<Passage> passages) {
        var list = Json.mapper().createArrayNode();
        for (int i = 0; i < passages.size(); i++) {
            var passage = passages.get(i);
            var source =
                    list.addObject()
                            .put("number", i + 1)
                            .put("document", passage.document())
                            .put("section", passage.section())
                            .put("text", passage.text())
                            .put("rank", i + 1);
            passage.pages().into(source);
        }
        return list;
    }

    /// Each sentence with the numbers of the sources that it cites, and the one that it was found in.
    private static ArrayNode statements(List<Statement> statements) {
        var list = Json.mapper().createArrayNode();
        for (var statement : statements) {
            var node = list.addObject().put("text", statement.text());
            var cites = node.putArray("cites");
            statement.cites().forEach(cites::add);
            if (statement.isSupported()) {
                node.put("source", statement.source());
            } else {
                node.putNull("source");
            }
            node.put("supported", statement.isSupported());
        }
        return list;
    }
}
