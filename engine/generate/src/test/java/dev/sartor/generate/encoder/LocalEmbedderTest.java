package dev.sartor.generate.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.generate.TestFiles;
import dev.sartor.tensor.DType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Tiny embedders against what sentence-transformers makes of the same texts.
class LocalEmbedderTest {
    private static final Offset<Float> TOLERANCE = Offset.offset(1e-4f);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mean-normalised",
                "first-projected",
                "largest-and-mean",
                "last",
                "weighted-after-prompt",
                "older-keys"
            })
    void embedsAsSentenceTransformersDoes(String name) {
        var reference = Json.read(folder(name).resolve("reference.json"));
        var settings = SentenceSettings.read(folder(name));
        var usual = settings.usual().map(settings.prompts()::get).orElse("");
        try (var embedder = LocalEmbedder.open(name, folder(name), DType.F32)) {
            assertVectors(embedder.embed(texts(reference), usual), reference.get("vectors"));
            for (var prompted : reference.get("prompted").properties()) {
                var prompt = settings.prompts().get(prompted.getKey());
                var vectors =
                        embedder.embed(texts(reference), Optional.ofNullable(prompt).orElseThrow());
                assertVectors(vectors, prompted.getValue());
            }
        }
    }

    @Test
    void queriesAndDocumentsHavePromptsOfTheirOwn() {
        var reference = Json.read(folder("mean-normalised").resolve("reference.json"));
        try (var embedder = LocalEmbedder.open("tiny", folder("mean-normalised"), DType.F32)) {
            var prompted = reference.get("prompted");
            assertVectors(embedder.embedQueries(texts(reference)), prompted.get("query"));
            assertVectors(embedder.embed(texts(reference)), prompted.get("document"));
        }
    }

    @Test
    void aStreamOfAnyLengthGivesTheSameVectorsInItsOrder() {
        try (var embedder = LocalEmbedder.open("tiny", folder("mean-normalised"), DType.F32)) {
            var words = List.of("cat ", "rivers ", "the dog ", "morning and evening ");
            var texts =
                    IntStream.range(0, 1500)
                            .mapToObj(i -> words.get(i % 4).repeat(i % 7 + 1))
                            .toList();
            var taken = new ArrayList<String>();
            var source = texts.stream().peek(taken::add).iterator();
            var vectors = embedder.embed(source);
            assertThat(vectors.hasNext()).isTrue();
            var first = vectors.next();
            assertThat(taken).hasSizeLessThan(texts.size());
            assertThat(first)
                    .containsExactly(embedder.embed(texts.subList(0, 1)).getFirst(), TOLERANCE);
            int count = 1;
            while (vectors.hasNext()) {
                var vector = vectors.next();
                int like = count++;
                if (like % 100 == 0) {
                    var alone = embedder.embed(List.of(texts.get(like))).getFirst();
                    assertThat(vector).containsExactly(alone, TOLERANCE);
                }
            }
            assertThat(count).isEqualTo(texts.size());
        }
    }

    @Test
    void groupsHoldEachTextOnceLongestFirst() {
        var texts = IntStream.range(0, 300).mapToObj(i -> new int[1 + i * 37 % 250]).toList();
        var groups = EmbeddingPlan.of(texts);
        assertThat(groups.stream().flatMap(List::stream))
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 300).boxed().toList());
        var lengths = groups.stream().flatMap(List::stream).map(i -> texts.get(i).length).toList();
        assertThat(lengths).isSortedAccordingTo(Collections.reverseOrder());
    }

    @Test
    void whatCannotBeComputedIsRefusedByName(@TempDir Path folder) throws IOException {
        copy(folder("mean-normalised"), folder);
        var pooling = folder.resolve("1_Pooling", "config.json");
        Files.writeString(pooling, "{\"embedding_dimension\": 24, \"pooling_mode\": \"median\"}");
        assertThatThrownBy(() -> LocalEmbedder.open("tiny", folder, DType.F32))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("pooling_mode must be cls")
                .hasMessageContaining("median");
        Files.writeString(
                folder.resolve("modules.json"),
                "[{\"type\": \"a.b.WordEmbeddings\", \"path\": \"\"}]");
        assertThatThrownBy(() -> LocalEmbedder.open("tiny", folder, DType.F32))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("modules must be Transformer")
                .hasMessageContaining("a.b.WordEmbeddings");
    }

    private static void assertVectors(List<float[]> vectors, JsonNode expected) {
        assertThat(vectors).hasSize(expected.size());
        for (int row = 0; row < vectors.size(); row++) {
            assertThat(vectors.get(row)).containsExactly(unit(expected.get(row)), TOLERANCE);
        }
    }

    /// Ours are always of unit length.
    private static float[] unit(JsonNode vector) {
        double square = 0;
        for (var value : vector) {
            square += value.doubleValue() * value.doubleValue();
        }
        var unit = new float[vector.size()];
        for (int i = 0; i < unit.length; i++) {
            unit[i] = (float) (vector.get(i).doubleValue() / Math.sqrt(square));
        }
        return unit;
    }

    private static List<String> texts(JsonNode reference) {
        return reference.get("texts").valueStream().map(JsonNode::asString).toList();
    }

    private static Path folder(String name) {
        return TestFiles.folder("/embedders/" + name + "/config.json");
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (var file : files.toList()) {
                var target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }
}
