package dev.sartor.synthesis;

import dev.sartor.core.Json;
import dev.sartor.core.Readers;
import dev.sartor.data.ReadRules;
import dev.sartor.retrieve.text.Chunk;
import dev.sartor.synthesis.check.Checked;
import dev.sartor.synthesis.check.QuestionKind;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// How pairs stand in the files.
///
/// @param by the model that made it
record MadeRow(String by) {
    /// As a row names readers; empty where it cannot say so.
    static Optional<List<String>> readers(Readers readers) {
        if (readers.isEveryone()) {
            return Optional.of(List.of());
        }
        var clauses = readers.sorted();
        return clauses.size() == 1
                        && !clauses.getFirst().isEmpty()
                        && clauses.getFirst().stream().allMatch(Readers::isName)
                ? Optional.of(clauses.getFirst())
                : Optional.empty();
    }

    /// What a row cannot say is nobody's.
    static void putReaders(ObjectNode row, Readers readers) {
        if (!readers.isEveryone()) {
            var names = row.putArray("readers");
            readers(readers).orElse(List.of()).forEach(names::add);
        }
    }

    /// A question with its answer, as a task learns from it.
    ObjectNode question(String id, Checked checked, Chunk chunk) {
        var pair = checked.claim().pair();
        var row = Json.mapper().createObjectNode();
        row.put("id", id).put("question", pair.question());
        row.putObject("answers").putArray("text").add(pair.answer());
        row.put("title", chunk.document()).put("section", chunk.section());
        row.put("kind", QuestionKind.of(pair.question()).key());
        row.put("difficulty", rounded(checked.difficulty()));
        row.put("right", rounded(checked.right()));
        return readable(row, chunk);
    }

    /// A question with its passage, and one that does not answer it, as a retriever learns from them.
    ObjectNode retrieval(String question, Chunk positive, Optional<Chunk> negative) {
        var row = Json.mapper().createObjectNode();
        row.put("anchor", question).put("positive", positive.indexed());
        negative.ifPresent(each -> row.put("negative", each.indexed()));
        return readable(row, positive);
    }

    ObjectNode rejected(Checked checked, Chunk chunk) {
        var pair = checked.claim().pair();
        var fault = checked.fault().orElseThrow();
        var row = Json.mapper().createObjectNode();
        row.put("question", pair.question()).put("answer", pair.answer());
        row.put("title", chunk.document()).put("section", chunk.section());
        row.put("fault", fault.key()).put("reason", fault.reason());
        row.put("right", rounded(checked.right()));
        return readable(row, chunk);
    }

    private ObjectNode readable(ObjectNode row, Chunk chunk) {
        putReaders(row, chunk.readers());
        row.putObject(ReadRules.MADE).put("by", by).put("from", chunk.id());
        return row;
    }

    static double rounded(double value) {
        return Math.round(value * 1e4) / 1e4;
    }
}
