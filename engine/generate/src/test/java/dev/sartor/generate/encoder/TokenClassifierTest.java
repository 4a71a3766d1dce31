package dev.sartor.generate.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sartor.core.EntityRecogniser.NamedEntity;
import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.generate.TestFiles;
import dev.sartor.tensor.DType;
import java.nio.file.Path;
import java.util.stream.StreamSupport;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

/// A tiny model against what transformers' pipeline marks in the same texts.
class TokenClassifierTest {
    private static Path folder() {
        return TestFiles.folder("/token-classifier/reference.json");
    }

    @Test
    void marksWhatTransformersMarks() {
        int marked = 0;
        try (var model = TokenClassifier.open("tiny", folder(), DType.F32)) {
            assertThat(model.labels()).containsExactly("PER", "LOC", "ORG");
            for (var row : Json.read(folder().resolve("reference.json"))) {
                var found = model.entities(row.get("text").stringValue());
                var expected =
                        StreamSupport.stream(row.get("entities").spliterator(), false).toList();
                assertThat(found)
                        .as(row.get("text").stringValue())
                        .extracting(NamedEntity::label, NamedEntity::start, NamedEntity::end)
                        .isEqualTo(
                                expected.stream()
                                        .map(each ->
                                                Tuple.tuple(
                                                        each.get(0).stringValue(),
                                                        each.get(1).intValue(),
                                                        each.get(2).intValue()))
                                        .toList());
                for (int i = 0; i < found.size(); i++) {
                    assertThat(found.get(i).probability())
                            .isEqualTo(expected.get(i).get(3).doubleValue(), within(1e-4));
                }
                marked += found.size();
            }
        }
        assertThat(marked).isGreaterThan(10);
    }

    /// Far more tokens than the model reads at once: each word is marked, as far as that goes, once.
    @Test
    void aLongTextIsReadInWindowsThatOverlap() {
        try (var model = TokenClassifier.open("tiny", folder(), DType.F32)) {
            var text = "Ann Miller called from Berlin. ".repeat(60);
            var found = model.entities(text);
            assertThat(found).isNotEmpty();
            assertThat(found.getLast().end()).isGreaterThan(text.length() - 60);
            for (int i = 1; i < found.size(); i++) {
                assertThat(found.get(i).start()).isGreaterThanOrEqualTo(found.get(i - 1).end());
            }
            assertThat(model.entities("")).isEmpty();
        }
    }

    @Test
    void aModelWithoutSuchAHeadIsRefused() {
        var embedder = TestFiles.folder("/embedders/mean-normalised/reference.json");
        assertThatThrownBy(() -> TokenClassifier.open("tiny", embedder, DType.F32))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("must be an encoder that marks tokens");
    }
}
