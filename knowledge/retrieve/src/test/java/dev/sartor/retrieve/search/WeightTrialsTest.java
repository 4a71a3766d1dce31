package dev.sartor.retrieve.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sartor.core.Passage;
import dev.sartor.core.Principal;
import dev.sartor.core.Readers;
import dev.sartor.core.measure.Ranking;
import dev.sartor.core.work.Progress;
import dev.sartor.documents.Document;
import dev.sartor.documents.source.Documents;
import dev.sartor.retrieve.HashedWords;
import dev.sartor.retrieve.SearchMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeightTrialsTest {
    private static final long SEED = 5;

    @TempDir private Path cache;

    private static String text(Random random, int words) {
        return random.ints(words, 0, 60).mapToObj(i -> "w" + i).collect(Collectors.joining(" "));
    }

    @Test
    void aTrialIsWhatTheSearchOfThatWeightFinds() {
        var random = new Random(SEED);
        var documents = new ArrayList<Document>();
        for (int i = 0; i < 80; i++) {
            documents.add(Document.of("d" + i, "d" + i, text(random, 20), Readers.everyone()));
        }
        var inquiries = new ArrayList<PassageIndex.Query>();
        var relevant = new ArrayList<Set<String>>();
        for (int i = 0; i < 12; i++) {
            inquiries.add(new PassageIndex.Query(text(random, 5), Principal.local()));
            relevant.add(random.ints(15, 0, 90).mapToObj(d -> "d" + d).collect(Collectors.toSet()));
        }
        try (var index =
                PassageIndex.open(
                        cache,
                        Documents.of(documents),
                        IndexSettings.usual(),
                        Optional.of(HashedWords.usual()),
                        Progress.silent())) {
            var trials = index.weights(inquiries, relevant);
            assertThat(trials).hasSize(21);
            assertThat(trials)
                    .extracting(WeightTrial::ndcg)
                    .as("seed %d", SEED)
                    .anyMatch(ndcg -> ndcg > 0);
            for (int step : new int[] {0, 7, 20}) {
                var settings =
                        SearchSettings.of(SearchMode.HYBRID)
                                .fusedBy(new Fusion.ConvexCombination(step / 20.0));
                var found = index.searchAll(inquiries, 80, settings);
                double sum = 0;
                for (int i = 0; i < inquiries.size(); i++) {
                    sum += ndcg(found.get(i), relevant.get(i));
                }
                assertThat(trials.get(step).words()).isEqualTo(step / 20.0);
                assertThat(trials.get(step).ndcg()).isCloseTo(sum / 12, within(1e-12));
            }
        }
    }

    private static double ndcg(List<Passage> found, Set<String> relevant) {
        var judged = relevant.stream().collect(Collectors.toMap(id -> id, id -> 1));
        return new Ranking(found.stream().map(Passage::document).toList())
                .ndcg(Map.copyOf(judged), 10);
    }
}
