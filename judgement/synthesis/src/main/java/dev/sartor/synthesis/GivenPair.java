package dev.sartor.synthesis;

import dev.sartor.core.Json;
import dev.sartor.core.Problems;
import dev.sartor.core.SartorException;
import dev.sartor.data.Folding;
import dev.sartor.synthesis.check.Claim;
import dev.sartor.synthesis.check.Pair;
import dev.sartor.synthesis.check.Passages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A pair that was made elsewhere, as a file states it.
///
/// @param row as it stands in the file
/// @param document its path below the documents folder
/// @param quote some words of the passage, in a row; empty where the document is one passage
record GivenPair(ObjectNode row, Pair pair, String document, String quote) {
    private static final long LARGEST_FILE = 256L << 20;

    /// JSONL with `question`, `answer`, `document` and `quote`.
    ///
    /// @throws SartorException a user's error that names every bad row
    static List<GivenPair> read(Path file) {
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > LARGEST_FILE) {
                throw SartorException.user(
                        file + " must be a JSONL file of at most 256 MiB: check the path.");
            }
            var problems = new Problems();
            var pairs = new ArrayList<GivenPair>();
            int number = 0;
            for (var line : Files.readAllLines(file)) {
                number++;
                if (!line.isBlank()) {
                    read(file + ":" + number, line, problems, pairs);
                }
            }
            problems.throwIfAny();
            return pairs;
        } catch (IOException e) {
            throw SartorException.missing("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private static void read(String where, String line, Problems problems, List<GivenPair> pairs) {
        JsonNode row;
        try {
            row = Json.mapper().readTree(line);
        } catch (JacksonException e) {
            problems.add(where, "is not valid JSON: " + e.getOriginalMessage());
            return;
        }
        for (var name : List.of("question", "answer", "document")) {
            if (!row.path(name).isString()) {
                problems.add(where, "must have '" + name + "', a text.");
                return;
            }
        }
        pairs.add(
                new GivenPair(
                        (ObjectNode) row,
                        new Pair(
                                row.path("question").stringValue(),
                                row.path("answer").stringValue()),
                        row.path("document").stringValue(),
                        row.path("quote").asString("")));
    }

    /// The passage that it names; none where the documents have no such, or several and no quote says which.
    OptionalInt passage(Passages passages) {
        var words = Folding.of(quote);
        var found =
                IntStream.range(0, passages.size())
                        .filter(i -> passages.chunk(i).document().equals(document))
                        .filter(i -> Folding.of(passages.chunk(i).indexed()).contains(words))
                        .limit(2)
                        .toArray();
        return found.length == 0 || (quote.isBlank() && found.length > 1)
                ? OptionalInt.empty()
                : OptionalInt.of(found[0]);
    }

    Claim claim(int passage) {
        return new Claim(pair, passage);
    }
}
