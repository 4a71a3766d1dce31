package dev.sartor.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.embedding.request.EmbeddingInputType;
import dev.langchain4j.model.embedding.request.EmbeddingRequest;
import dev.langchain4j.store.embedding.CosineSimilarity;
import dev.sartor.core.Embedder;
import dev.sartor.hub.environment.Use;
import dev.sartor.retrieve.index.HubEmbedders;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SartorEmbeddingModelTest {
    /// Tells what asks from what is to be found: the one points up, the other to the right.
    private static final class TwoSided implements Embedder {
        @Override
        public String name() {
            return "two-sided";
        }

        @Override
        public int dimension() {
            return 2;
        }

        @Override
        public List<float[]> embed(List<String> texts) {
            return texts.stream().map(_ -> new float[] {1, 0}).toList();
        }

        @Override
        public List<float[]> embedQueries(List<String> texts) {
            return texts.stream().map(_ -> new float[] {0, 1}).toList();
        }

        @Override
        public int maxTokens() {
            return 256;
        }

        @Override
        public int countTokens(String text) {
            return text.length();
        }

        @Override
        public void close() {}
    }

    private static EmbeddingRequest request(EmbeddingInputType type) {
        return EmbeddingRequest.builder()
                .textSegment(TextSegment.from("kettle"))
                .inputType(type)
                .build();
    }

    @Test
    void whatAsksAndWhatIsToBeFoundAreToldApart() {
        var model = SartorEmbeddingModel.of(new TwoSided());
        assertThat(model.embed(request(EmbeddingInputType.QUERY)).embeddings().getFirst().vector())
                .containsExactly(0, 1);
        assertThat(
                        model.embed(request(EmbeddingInputType.DOCUMENT))
                                .embeddings()
                                .getFirst()
                                .vector())
                .containsExactly(1, 0);
    }

    @Test
    void whatDoesNotSayItIsWhatTheModelWasMadeFor() {
        assertThat(SartorEmbeddingModel.of(new TwoSided()).embed("kettle").content().vector())
                .containsExactly(1, 0);
        var ofQueries = new SartorEmbeddingModel(new TwoSided(), EmbeddingInputType.QUERY);
        assertThat(ofQueries.embed("kettle").content().vector()).containsExactly(0, 1);
    }

    @Test
    void aWishThatItCannotGrantIsRefused() {
        var shorter =
                EmbeddingRequest.builder()
                        .textSegment(TextSegment.from("kettle"))
                        .dimensions(1)
                        .build();
        var model = SartorEmbeddingModel.of(new TwoSided());
        assertThatThrownBy(() -> model.embed(shorter))
                .isInstanceOf(UnsupportedFeatureException.class)
                .hasMessageContaining("dimensions");
    }

    @Tag("models")
    @Test
    void aRealEmbeddersVectorsComeInTheOrderOfTheTexts() {
        try (var embedder = HubEmbedders.usual(Use.COMMERCIAL).open("all-minilm-l6-v2")) {
            var model = SartorEmbeddingModel.of(embedder);
            assertThat(model.dimension()).isEqualTo(384);
            assertThat(model.modelName()).isEqualTo("all-minilm-l6-v2");
            var texts = List.of("a copper kettle", "the notice period", "a teapot made of copper");
            var vectors = model.embedAll(texts.stream().map(TextSegment::from).toList()).content();
            assertThat(CosineSimilarity.between(vectors.get(0), vectors.get(2)))
                    .isGreaterThan(CosineSimilarity.between(vectors.get(0), vectors.get(1)) + 0.3);
            assertThat(
                            CosineSimilarity.between(
                                    vectors.get(1), model.embed(texts.get(1)).content()))
                    .isCloseTo(1, within(1e-3)); // bf16 in another batch
        }
    }
}
