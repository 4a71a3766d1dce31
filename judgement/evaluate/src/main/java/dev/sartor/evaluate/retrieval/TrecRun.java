package dev.sartor.evaluate.retrieval;

import dev.sartor.core.SartorException;
import dev.sartor.core.file.AtomicFile;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a search found: scores by document id by question id. As in trec_eval the scores decide the order, not the ranks
/// that stand in a file.
public record TrecRun(Map<String, Map<String, Double>> byQuery) {
    /// Reads lines `question Q0 document rank score name`.
    public static TrecRun read(Path file) {
        var found = new LinkedHashMap<String, Map<String, Double>>();
        new TrecFile(file).read(fields -> take(fields, found));
        if (found.isEmpty()) {
            throw SartorException.user(
                    file + " must hold at least one document found, and holds none");
        }
        return new TrecRun(found);
    }

    private static void take(List<String> fields, Map<String, Map<String, Double>> found) {
        if (fields.size() != 6) {
            throw new IllegalArgumentException(
                    "a line must have 6 fields (question Q0 document rank score name), got "
                            + fields.size());
        }
        var document = fields.get(2);
        var before =
                found.computeIfAbsent(fields.getFirst(), q -> new LinkedHashMap<>())
                        .putIfAbsent(document, score(fields.get(4)));
        if (before != null) {
            throw new IllegalArgumentException(
                    "document " + document + " is found twice for question " + fields.getFirst());
        }
    }

    private static double score(String text) {
        try {
            double score = Double.parseDouble(text);
            if (Double.isFinite(score)) {
                return score;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("the score must be a number, got '" + text + "'", e);
        }
        throw new IllegalArgumentException("the score must be a finite number, got '" + text + "'");
    }

    /// Writes each question's documents in the order given. The score is 1 / rank, so that every reader sees that order,
    /// and no more than it.
    ///
    /// @param found documents' ids by question's, the best first; without blanks
    /// @param name of the run, without blanks
    public static void write(Path file, Map<String, List<String>> found, String name) {
        var lines = new StringBuilder();
        found.forEach((question, documents) -> {
            for (int i = 0; i < documents.size(); i++) {
                lines.append(field(question))
                        .append(" Q0 ")
                        .append(field(documents.get(i)))
                        .append(' ')
                        .append(i + 1)
                        .append(' ')
                        .append(1.0 / (i + 1))
                        .append(' ')
                        .append(field(name))
                        .append('\n');
            }
        });
        AtomicFile.write(file, lines.toString());
    }

    /// An id as it stands in a run or in qrels: a blank would end the field, so that it is written as in a web address.
    public static String field(String id) {
        return id.replace("%", "%25")
                .replace(" ", "%20")
                .replace("\t", "%09")
                .replace("\n", "%0A")
                .replace("\r", "%0D");
    }

    /// The id that a field stands for.
    public static String id(String field) {
        return field.replace("%20", " ")
                .replace("%09", "\t")
                .replace("%0A", "\n")
                .replace("%0D", "\r")
                .replace("%25", "%");
    }
}
