package dev.sartor.langchain4j;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.request.EmbeddingInput;
import dev.langchain4j.model.embedding.request.EmbeddingInputType;
import dev.langchain4j.model.embedding.request.EmbeddingParameter;
import dev.langchain4j.model.embedding.request.EmbeddingRequest;
import dev.langchain4j.model.embedding.request.EmbeddingRequestParameters;
import dev.langchain4j.model.embedding.response.EmbeddingResponse;
import dev.sartor.core.Embedder;
import java.util.Set;

/// An embedder of this process as LangChain4j sees it. Texts that ask for others and texts that are to be found are told
/// apart by a request's `inputType`. Safe for concurrent callers.
///
/// @param embedder the caller closes it
/// @param untyped what texts are whose request does not say it
public record SartorEmbeddingModel(Embedder embedder, EmbeddingInputType untyped)
        implements EmbeddingModel {
    /// Texts are to be found, unless a request says that they ask.
    public static SartorEmbeddingModel of(Embedder embedder) {
        return new SartorEmbeddingModel(embedder, EmbeddingInputType.DOCUMENT);
    }

    @Override
    public EmbeddingResponse doEmbed(EmbeddingRequest request) {
        var texts = request.inputs().stream().map(EmbeddingInput::text).toList();
        var vectors =
                switch (request.inputType()) {
                    case QUERY -> embedder.embedQueries(texts);
                    case DOCUMENT -> embedder.embed(texts);
                };
        return EmbeddingResponse.builder()
                .embeddings(vectors.stream().map(Embedding::from).toList())
                .modelName(modelName())
                .build();
    }

    @Override
    public EmbeddingRequestParameters defaultRequestParameters() {
        return EmbeddingRequestParameters.builder().inputType(untyped).build();
    }

    @Override
    public Set<EmbeddingParameter<?>> supportedParameters() {
        return Set.of(EmbeddingRequestParameters.INPUT_TYPE);
    }

    /// Length of its vectors.
    @Override
    public int dimension() {
        return embedder.dimension();
    }

    @Override
    public String modelName() {
        return embedder.name();
    }
}
