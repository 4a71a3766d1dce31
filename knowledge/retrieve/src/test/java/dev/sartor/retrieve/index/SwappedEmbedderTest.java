package dev.sartor.retrieve.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sartor.core.Principal;
import dev.sartor.retrieve.HashedWords;
import dev.sartor.retrieve.SearchMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Another embedder takes the place of the one before, again and again, while questions are asked.
class SwappedEmbedderTest {
    private static final int DOCUMENTS = 60;
    private static final int SWAPS = 8;
    private static final int THREADS = 3;
    private static final long SEED = 8;

    @TempDir private Path root;
    private final HashedWords first = HashedWords.usual();

    /// Of the same dimension, so that a vector of the other would be taken, and find something else.
    private final HashedWords second =
            new HashedWords(64, 256) {
                @Override
                public List<float[]> embed(List<String> texts) {
                    return super.embed(texts).stream().map(SwappedEmbedderTest::reversed).toList();
                }
            };

    private static float[] reversed(float[] vector) {
        var reversed = new float[vector.length];
        for (int i = 0; i < vector.length; i++) {
            reversed[i] = vector[vector.length - 1 - i];
        }
        return reversed;
    }

    private void index(String digest, HashedWords embedder) {
        IndexedFolder.run(root, new Embedding("hashed-words", digest, () -> embedder));
    }

    private static String text(int document) {
        return IntStream.range(0, 6)
                .mapToObj(i -> "word" + (document * 31 + i * 7) % 997)
                .reduce("kettle", (a, b) -> a + " " + b);
    }

    /// The words of a passage as it was embedded find it with a cosine of 1, if by the embedder of its vector.
    private static void ask(PersistentIndex index, Random random) {
        int document = random.nextInt(DOCUMENTS);
        var question = "title" + document + " " + text(document);
        var found = index.search(question, 3, Principal.local(), SearchMode.VECTOR).getFirst();
        assertThat(found.passage().document()).isEqualTo(document + ".md");
        assertThat(found.passage().score()).isCloseTo(1, within(1e-5));
    }

    @Test
    void noQuestionFailsOrIsComparedWithVectorsOfTheOther() throws Exception {
        write();
        index("d1", first);
        var isOver = new AtomicBoolean();
        var made = Collections.synchronizedSet(new java.util.TreeSet<String>());
        try (var index =
                        PersistentIndex.open(
                                root.resolve("index"),
                                with -> with.digest().equals("d1") ? first : second);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var asking = new ArrayList<Future<Integer>>();
            for (int thread = 0; thread < THREADS; thread++) {
                var random = new Random(SEED + thread);
                asking.add(
                        threads.submit(() -> {
                            int asked = 0;
                            while (!isOver.get()) {
                                ask(index, random);
                                made.add(index.with().digest());
                                asked++;
                            }
                            return asked;
                        }));
            }
            for (int swap = 0; swap < SWAPS; swap++) {
                boolean isSecond = swap % 2 == 0;
                index(isSecond ? "d2" : "d1", isSecond ? second : first);
                ask(index, new Random(SEED));
            }
            isOver.set(true);
            for (var each : asking) {
                assertThat(each.get()).as("seed %d", SEED).isPositive();
            }
        }
        assertThat(made).containsExactly("d1", "d2");
    }

    private void write() throws IOException {
        var docs = Files.createDirectories(root.resolve("docs"));
        for (int i = 0; i < DOCUMENTS; i++) {
            Files.writeString(docs.resolve(i + ".md"), "# title" + i + "\n" + text(i));
        }
    }
}
