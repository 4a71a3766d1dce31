package dev.sartor.generate.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sartor.core.EntityRecogniser.NamedEntity;
import dev.sartor.core.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/// Over what transformers' pipeline makes of the same tokens, labels and probabilities; bench/references/tiny_token_classifier.py says how.
class TokenMarksTest {
    @TestFactory
    List<DynamicTest> joinsTokensAsTransformersDoes() throws IOException {
        try (var in =
                Objects.requireNonNull(
                        TokenMarksTest.class.getResourceAsStream("/token-marks.json"))) {
            var cases =
                    Json.mapper().readTree(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            assertThat(cases.size()).isGreaterThan(100);
            return StreamSupport.stream(cases.spliterator(), false)
                    .map(each ->
                            DynamicTest.dynamicTest(
                                    each.get("text").stringValue(), () -> joinsAs(each)))
                    .toList();
        }
    }

    private static void joinsAs(JsonNode expected) {
        var marks = new TokenMarks(expected.get("text").stringValue());
        for (var token : expected.get("tokens")) {
            marks.add(
                    token.get(0).intValue(),
                    token.get(1).intValue(),
                    token.get(2).stringValue(),
                    token.get(3).doubleValue());
        }
        var found = marks.entities();
        assertThat(found)
                .extracting(NamedEntity::label, NamedEntity::start, NamedEntity::end)
                .isEqualTo(
                        StreamSupport.stream(expected.get("entities").spliterator(), false)
                                .map(each ->
                                        org.assertj.core.groups.Tuple.tuple(
                                                each.get(0).stringValue(),
                                                each.get(1).intValue(),
                                                each.get(2).intValue()))
                                .toList());
        for (int i = 0; i < found.size(); i++) {
            assertThat(found.get(i).probability())
                    .isEqualTo(expected.get("entities").get(i).get(3).doubleValue(), within(1e-6));
        }
    }

    @Test
    void ideographsAreWordsOfTheirOwn() {
        var marks = new TokenMarks("王小明在北京");
        var labels = List.of("B-PER", "I-PER", "I-PER", "O", "B-LOC", "I-LOC");
        for (int i = 0; i < labels.size(); i++) {
            marks.add(i, i + 1, labels.get(i), 0.5);
        }
        assertThat(marks.entities())
                .containsExactly(
                        new NamedEntity("PER", 0, 3, 0.5), new NamedEntity("LOC", 4, 6, 0.5));
    }
}
