package dev.sartor.compare.approach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.sartor.compare.run.LearnedFrom;
import dev.sartor.core.Readers;
import dev.sartor.core.file.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LearnedFromTest {
    private static final Instant FORGOTTEN = Instant.parse("2027-01-02T12:00:00Z");
    private static final Instant BEFORE = FORGOTTEN.minusSeconds(60);
    private static final Instant AFTER = FORGOTTEN.plusSeconds(60);

    @TempDir private Path project;

    private void made(String place, String file, String sha256, Instant at) throws IOException {
        var folder = project.resolve(place);
        new Provenance(
                        Map.of(),
                        List.of(new Provenance.Source("train", file, sha256)),
                        Map.of(),
                        new Provenance.By("1", "25", "cpu", 2),
                        Optional.empty(),
                        Map.of(),
                        Readers.everyone().clauses())
                .write(folder);
        Files.setLastModifiedTime(folder.resolve(Provenance.FILE), FileTime.from(at));
    }

    private List<LearnedFrom.Made> learned() {
        var changed = new LearnedFrom.Changed("train.jsonl", "with", List.of("without"), FORGOTTEN);
        return new LearnedFrom(project).of(List.of(changed));
    }

    @Test
    void whatWasTrainedOnTheFileWithItsRowsIsNamedAndWhatWasTrainedWithoutThemIsNot()
            throws IOException {
        made("runs/adapters/old", "train.jsonl", "with", BEFORE);
        made("runs/adapters/copied", "train.jsonl", "with", AFTER);
        made("runs/adapters/older", "train.jsonl", "earlier", BEFORE);
        made("runs/adapters/new", "train.jsonl", "without", BEFORE);
        made("runs/adapters/edited", "train.jsonl", "more rows", AFTER);
        made("runs/adapters/other", "others.jsonl", "with", BEFORE);
        assertThat(learned())
                .extracting(LearnedFrom.Made::place, LearnedFrom.Made::isCertain)
                .containsExactly(
                        tuple("runs/adapters/copied", true),
                        tuple("runs/adapters/old", true),
                        tuple("runs/adapters/older", false));
        assertThat(learned()).allMatch(LearnedFrom.Made::isOfWeights);
        assertThat(learned().getFirst().uses()).containsExactly("train: train.jsonl");
    }

    @Test
    void weightsOfWhichNothingTellsAreNamedWhereTheyAreOlder() throws IOException {
        made("runs/adapters/old", "train.jsonl", "with", BEFORE);
        for (var file :
                List.of(
                        "runs/adapters/old/model.safetensors",
                        "runs/searches/s/3/adapter_model.safetensors",
                        "runs/adapters/cut/checkpoints/step.bin",
                        "runs/adapters/later/checkpoints/step.bin")) {
            AtomicFile.write(project.resolve(file), "weights");
            Files.setLastModifiedTime(
                    project.resolve(file), FileTime.from(file.contains("later") ? AFTER : BEFORE));
        }
        assertThat(new LearnedFrom(project).unknown(FORGOTTEN))
                .containsExactly("runs/adapters/cut", "runs/searches/s/3");
    }
}
