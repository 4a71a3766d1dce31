package dev.sartor.generate.sample;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import dev.sartor.constrain.SchemaMaker;
import dev.sartor.constrain.TokenTrie;
import dev.sartor.constrain.Vocabularies;
import dev.sartor.core.AnswerForm;
import dev.sartor.core.Json;
import dev.sartor.core.work.Progress;
import dev.sartor.hub.Hub;
import dev.sartor.hub.cache.Caches;
import dev.sartor.hub.catalogue.Gate;
import dev.sartor.hub.environment.Use;
import dev.sartor.model.file.Networks;
import dev.sartor.tokenizer.Tokenizer;
import dev.sartor.tokenizer.file.TokenizerReader;
import dev.sartor.weights.WeightAccess;
import dev.sartor.weights.gguf.GgufFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;

/// Whatever a model says under a schema is valid by that schema, as another library judges it, at any limit of tokens.
public class JsonSchemaAnswersTest {
    private static final SchemaRegistry JUDGE =
            SchemaRegistry.withDefaultDialect(
                    SpecificationVersion.DRAFT_2020_12,
                    builder ->
                            builder.schemaRegistryConfig(
                                    SchemaRegistryConfig.builder()
                                            .formatAssertionsEnabled(true)
                                            .build()));

    @Test
    void everyAnswerIsValidOverASmallVocabulary() {
        everyAnswerIsValid(new RandomAnswers(Vocabularies.small(), Vocabularies.END), 1);
    }

    /// Every third schema over the vocabulary of SmolLM2: 49,152 tokens.
    @Test
    @Tag("models")
    void everyAnswerIsValidOverARealVocabulary() {
        everyAnswerIsValid(new RandomAnswers(TokenTrie.of(smolLm2()), 2), 3);
    }

    public static Tokenizer smolLm2() {
        var hub = Hub.open(Caches.standard(), Use.COMMERCIAL, Gate.closed());
        var folder = hub.pull("smollm2-135m-instruct", Progress.silent()).folder();
        try (var file = GgufFile.open(Networks.gguf(folder).orElseThrow(), WeightAccess.COPIED)) {
            return TokenizerReader.of(file.metadata());
        }
    }

    private static void everyAnswerIsValid(RandomAnswers answers, int every) {
        int checked = 0;
        var schemas = schemas();
        for (int i = 0; i < schemas.size(); i += every) {
            var schema = schemas.get(i);
            var judge = JUDGE.getSchema(schema);
            int least = answers.least(new AnswerForm.JsonText(schema, 1));
            // from just enough to generous
            var limits = new int[] {least, least + 1, least + 7, least + 40, 2 * least + 100};
            for (int j = 0; j < limits.length; j++) {
                var form = new AnswerForm.JsonText(schema, Math.max(1, limits[j]));
                var wish = RandomAnswers.WISHES.get((i + j) % 5);
                var text = answers.answer(form, limits[j], wish, i * 31L + j);
                assertValid(text, schema, judge, limits[j] + " tokens, " + wish);
                checked++;
            }
        }
        assertThat(checked).isGreaterThanOrEqualTo(1000 / every);
    }

    private static void assertValid(String text, JsonNode schema, Schema judge, String how) {
        var value =
                Json.mapper()
                        .reader()
                        .with(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                        .readTree(text);
        assertThat(judge.validate(value)).as("%s under %s with %s", text, schema, how).isEmpty();
    }

    /// Those of the resource, written by hand, and random ones.
    static List<JsonNode> schemas() {
        var schemas = new ArrayList<JsonNode>();
        try (var in =
                Objects.requireNonNull(
                        JsonSchemaAnswersTest.class.getResourceAsStream("/schemas.jsonl"))) {
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(Json.mapper()::readTree)
                    .forEach(schemas::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var maker = new SchemaMaker(3);
        for (int i = 0; i < 100; i++) {
            schemas.add(maker.schema(3));
        }
        return schemas;
    }
}
