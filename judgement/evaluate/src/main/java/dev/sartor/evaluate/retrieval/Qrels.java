package dev.sartor.evaluate.retrieval;

import dev.sartor.core.SartorException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Which documents answer which question: relevance by document id by question id, above 0 for relevant.
public record Qrels(Map<String, Map<String, Integer>> byQuery) {
    private static final List<String> BEIR = List.of("query-id", "corpus-id", "score");

    /// Reads TREC's lines `question 0 document relevance`, or BEIR's table `query-id corpus-id score` with its heading.
    public static Qrels read(Path file) {
        var judged = new LinkedHashMap<String, Map<String, Integer>>();
        var form = new boolean[1];
        new TrecFile(file)
                .read(fields -> {
                    if (judged.isEmpty() && fields.equals(BEIR)) {
                        form[0] = true;
                    } else {
                        take(fields, form[0], judged);
                    }
                });
        if (judged.isEmpty()) {
            throw SartorException.user(
                    file + " must hold at least one judged document, and holds none");
        }
        return new Qrels(judged);
    }

    /// The documents that answer a question; none for one that was not judged.
    public Set<String> relevant(String question) {
        return byQuery.getOrDefault(question, Map.of()).entrySet().stream()
                .filter(judged -> judged.getValue() > 0)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private static void take(
            List<String> fields, boolean beir, Map<String, Map<String, Integer>> judged) {
        if (fields.size() != (beir ? 3 : 4)) {
            throw new IllegalArgumentException(
                    (beir
                                    ? "a line must have 3 fields (query-id corpus-id score)"
                                    : "a line must have 4 fields (question 0 document relevance)")
                            + ", got "
                            + fields.size());
        }
        var document = fields.get(beir ? 1 : 2);
        var relevance = fields.getLast();
        if (!relevance.matches("[+-]?[0-9]{1,9}")) {
            throw new IllegalArgumentException(
                    "the relevance must be a whole number, got '" + relevance + "'");
        }
        var before =
                judged.computeIfAbsent(fields.getFirst(), q -> new LinkedHashMap<>())
                        .putIfAbsent(document, Integer.valueOf(relevance));
        if (before != null) {
            throw new IllegalArgumentException(
                    "document " + document + " is judged twice for question " + fields.getFirst());
        }
    }
}
