package dev.sartor.retrieve.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.SartorException;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.retrieve.HashedWords;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Statistics of an index that changes while they are made.
class StandingStatsTest {
    @TempDir private Path root;

    @BeforeEach
    void shop() {
        write("lamp", "The lamp burns.");
        index("d1");
    }

    private void write(String name, String text) {
        AtomicFile.write(root.resolve("docs").resolve(name + ".md"), "# " + name + "\n" + text);
    }

    private void index(String digest) {
        IndexedFolder.run(root, new Embedding("hashed-words", digest, HashedWords::usual));
    }

    private Snapshots snapshots() {
        return new Snapshots(new Generations(root.resolve("index")), _ -> HashedWords.usual());
    }

    /// The generations that were looked at, and what was told in the end.
    private record Looked(List<Integer> generations, IndexStats stats) {}

    private Looked whileLooking(Runnable change) {
        var generations = new ArrayList<Integer>();
        try (var snapshots = snapshots()) {
            var stats =
                    snapshots.withFiles(snapshot -> {
                        generations.add(snapshot.generation());
                        if (generations.size() == 1) {
                            change.run();
                        }
                        return PersistentIndex.stats(FolderCommits.commit(snapshot));
                    });
            return new Looked(generations, stats);
        }
    }

    @Test
    void aGenerationThatIsReplacedMeanwhileGivesWayToTheNewOne() {
        write("oak", "A lamp of oak.");
        var looked = whileLooking(() -> index("d2"));
        assertThat(looked.generations()).containsExactly(1, 2);
        assertThat(looked.stats().with().digest()).isEqualTo("d2");
        assertThat(looked.stats().documents()).isEqualTo(2);
        assertThat(looked.stats().bytes()).isPositive();
    }

    @Test
    void aCommitThatIsFollowedMeanwhileGivesWayToTheNextOne() {
        write("oak", "A lamp of oak.");
        var looked = whileLooking(() -> index("d1"));
        assertThat(looked.generations()).containsExactly(1, 1);
        assertThat(looked.stats().documents()).isEqualTo(2);
    }

    @Test
    void filesThatAreGoneAgainAndAgainAreAnErrorAndNoEndlessLoop() {
        var tries = new ArrayList<Integer>();
        try (var snapshots = snapshots()) {
            assertThatThrownBy(() ->
                            snapshots.withFiles(snapshot -> {
                                tries.add(snapshot.generation());
                                throw new NoSuchFileException("segments_9");
                            }))
                    .isInstanceOf(SartorException.class)
                    .hasMessageContaining("cannot read the index in");
        }
        assertThat(tries).hasSize(5);
    }
}
