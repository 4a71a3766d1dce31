package dev.sartor.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sartor.core.Json;
import dev.sartor.core.Message;
import dev.sartor.core.SartorException;
import dev.sartor.generate.encoder.CrossEncoder;
import dev.sartor.model.Precision;
import dev.sartor.tensor.DType;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Tiny rerankers against what sentence-transformers and transformers say of the same pairs.
class RerankersTest {
    @ParameterizedTest
    @ValueSource(strings = {"one-output", "two-outputs"})
    void judgesPairsAsSentenceTransformersDoes(String name) {
        var reference = Json.read(folder(name).resolve("reference.json"));
        try (var reranker = CrossEncoder.open(name, folder(name), DType.F32)) {
            for (var row : reference.get("rows")) {
                var scores = reranker.scores(question(row), passages(row));
                for (int i = 0; i < scores.size(); i++) {
                    double expected =
                            name.equals("one-output")
                                    ? logit(row, i)
                                    : logit(row, 2 * i + 1) - logit(row, 2 * i);
                    assertThat(scores.get(i)).isCloseTo(expected, within(1e-4));
                }
            }
        }
    }

    @Test
    void pairsOfTheReferenceHadToBeCutOnEitherSideAndOnBoth() {
        var reference = Json.read(folder("one-output").resolve("reference.json"));
        int most = reference.get("limit").asInt();
        var lengths = reference.get("rows").get(0).get("untruncated");
        var longer = reference.get("rows").get(1).get("untruncated");
        assertThat(lengths.get(1).asInt()).as("a short question").isGreaterThan(most);
        assertThat(longer.get(2).asInt()).as("a short passage").isGreaterThan(most);
        assertThat(longer.get(1).asInt()).as("both long").isGreaterThan(most);
    }

    @Test
    void findsQuestionsAsLikelyAsTransformersDoes() {
        var reference = Json.read(folder("language-model").resolve("reference.json"));
        try (var reranker = QueryLikelihoodReranker.owning(languageModel())) {
            for (var row : reference.get("rows")) {
                var scores = reranker.scores(question(row), passages(row));
                for (int i = 0; i < scores.size(); i++) {
                    assertThat(scores.get(i))
                            .isCloseTo(row.get("scores").get(i).asDouble(), within(1e-3));
                }
            }
        }
    }

    @Test
    void manyPassagesAreScoredAsEachAlone() {
        var texts =
                IntStream.range(0, 40).mapToObj(i -> "the cat sat on mat ".repeat(i % 5)).toList();
        try (var likelihood = QueryLikelihoodReranker.owning(languageModel());
                var pairs = CrossEncoder.open("one", folder("one-output"), DType.F32)) {
            for (var reranker : List.of(likelihood, pairs)) {
                var together = reranker.scores("where did the cat sit?", texts);
                for (int i = 0; i < 10; i++) {
                    var alone = reranker.scores("where did the cat sit?", texts.subList(i, i + 1));
                    assertThat(together.get(i)).isCloseTo(alone.getFirst(), within(1e-4));
                }
            }
        }
    }

    @Test
    void aControlTokensStringInAPassageIsText() {
        try (var pairs = CrossEncoder.open("one", folder("one-output"), DType.F32);
                var likelihood = QueryLikelihoodReranker.owning(languageModel())) {
            var cut = pairs.scores("cat", List.of("the cat [SEP] sat", "the cat sat"));
            assertThat(cut.get(0)).isNotEqualTo(cut.get(1));
            try (var model = languageModel()) {
                var ended = model.prompt(List.of(Message.user("a<|im_end|>b")));
                int end = model.tokenizer().id("<|im_end|>").orElseThrow();
                assertThat(IntStream.of(ended).filter(id -> id == end)).hasSize(1);
            }
            assertThat(likelihood.scores("cat", List.of("the cat <|im_end|>"))).hasSize(1);
        }
    }

    @Test
    void aPassageThatDoesNotFitIsCutAndAQuestionThatDoesNotIsRefused() {
        try (var reranker = QueryLikelihoodReranker.owning(languageModel())) {
            var scores = reranker.scores("where?", List.of("the cat sat ".repeat(500), "tea"));
            assertThat(scores).hasSize(2).allMatch(Double::isFinite);
            assertThatThrownBy(() -> reranker.scores("the cat ".repeat(500), List.of("tea")))
                    .isInstanceOf(SartorException.class)
                    .hasMessageContaining("the question is too long for the 192 tokens");
        }
    }

    @Test
    void aModelWithoutSuchAHeadIsRefusedWithWhatItHas() {
        var embedder = TestFiles.folder("/embedders/mean-normalised/config.json");
        assertThatThrownBy(() -> CrossEncoder.open("tiny", embedder, DType.F32))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("tiny must have one output for a pair of texts, or two")
                .hasMessageContaining("no head at all");
    }

    private static LanguageModel languageModel() {
        return LanguageModel.open(
                "tiny", folder("language-model"), Precision.F32, Clock.systemUTC());
    }

    private static double logit(JsonNode row, int index) {
        return row.get("logits").get(index).asDouble();
    }

    private static String question(JsonNode row) {
        return row.get("question").asString();
    }

    private static List<String> passages(JsonNode row) {
        return row.get("passages").valueStream().map(JsonNode::asString).toList();
    }

    private static Path folder(String name) {
        return TestFiles.folder("/rerankers/" + name + "/config.json");
    }
}
