package dev.sartor.retrieve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sartor.core.Json;
import dev.sartor.core.Passage;
import dev.sartor.core.Principal;
import dev.sartor.core.Progress;
import dev.sartor.core.Readers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// BEIR's SciFact (corpus.jsonl, queries.jsonl, qrels.trec) by words alone. Run with
/// `-Dtiers.excluded= -Dtest=SciFactBench -Dscifact=FOLDER`.
@Tag("bench")
class SciFactBench {
    /// Longer than any abstract: one passage per document, as the collection is judged.
    private static final ChunkSettings WHOLE = new ChunkSettings(8192, 0);

    @TempDir private Path cache;

    private final Path data = Path.of(System.getProperty("scifact", "scifact"));

    @Test
    void wordsAloneReachWhatLuceneIsKnownToReach() throws IOException {
        var judged = judged();
        double ndcg = 0;
        double recall = 0;
        try (var index =
                PassageIndex.open(
                        cache,
                        corpus(),
                        new IndexSettings(WHOLE, Analysis.ENGLISH),
                        Optional.empty(),
                        Progress.silent())) {
            var queries = new TreeMap<String, String>();
            for (var row : rows("queries.jsonl")) {
                queries.put(row.get("_id").asString(), row.get("text").asString());
            }
            for (var query : judged.entrySet()) {
                var found =
                        index.search(
                                queries.getOrDefault(query.getKey(), ""),
                                100,
                                Principal.local(),
                                SearchMode.BM25);
                var ranking =
                        Ranking.of(
                                found.stream()
                                        .collect(
                                                Collectors.toMap(
                                                        Passage::document, Passage::score)));
                ndcg += ranking.ndcg(query.getValue(), 10) / judged.size();
                recall += ranking.recall(query.getValue(), 100) / judged.size();
            }
        }
        System.out.printf(
                "SciFact, %d queries: nDCG@10 %.4f, recall@100 %.4f%n",
                judged.size(), ndcg, recall);
        assertThat(ndcg).isCloseTo(0.6789, within(0.001));
        assertThat(recall).isCloseTo(0.9253, within(0.001));
    }

    private Documents corpus() throws IOException {
        var documents = new ArrayList<Document>();
        for (var row : rows("corpus.jsonl")) {
            documents.add(
                    Document.of(
                            row.get("_id").asString(),
                            row.get("title").asString(),
                            row.get("text").asString(),
                            Readers.everyone()));
        }
        return Documents.of(documents);
    }

    private Map<String, Map<String, Integer>> judged() throws IOException {
        var judged = new TreeMap<String, Map<String, Integer>>();
        for (var line : Files.readAllLines(data.resolve("qrels.trec"))) {
            var fields = line.strip().split("\\s+", 4);
            judged.computeIfAbsent(fields[0], q -> new HashMap<>())
                    .put(fields[2], Integer.valueOf(fields[3]));
        }
        return judged;
    }

    private List<JsonNode> rows(String file) throws IOException {
        return Files.readAllLines(data.resolve(file)).stream()
                .map(line -> Json.mapper().readTree(line))
                .toList();
    }
}
