import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.Result;
import dev.sartor.core.Principal;
import dev.sartor.hub.environment.Use;
import dev.sartor.langchain4j.SartorContentRetriever;
import dev.sartor.retrieve.index.HubEmbedders;
import dev.sartor.retrieve.index.PersistentIndex;

/// LangChain4j writes it: the passages go into the question's message.
interface Assistant {
    Result<String> answer(String question);
}

/// Answers from an index, with the model that `sartor serve` serves. Arguments: INDEX, QUESTION, and who asks.
void main(String[] arguments) {
    // An application takes it from whoever has logged in, never from the question.
    var principal = new Principal(Set.of("user:" + (arguments.length > 2 ? arguments[2] : "guest")));
    var model =
            OpenAiChatModel.builder()
                    .baseUrl("http://127.0.0.1:8080/v1")
                    .apiKey("none")
                    .modelName("smollm2-135m-instruct")
                    .temperature(0.0)
                    .maxTokens(60)
                    .build();
    var embedders = HubEmbedders.usual(Use.COMMERCIAL);
    try (var index = PersistentIndex.open(Path.of(arguments[0]), embedders.opening())) {
        // One passage: a model as small as this one loses the thread in more.
        var passages = new SartorContentRetriever(index, () -> principal, 1);
        var assistant =
                AiServices.builder(Assistant.class)
                        .chatModel(model)
                        .contentRetriever(passages)
                        .build();
        var result = assistant.answer(arguments[1]);
        IO.println(result.content());
        for (var source : result.sources()) {
            var place = source.textSegment().metadata();
            IO.println(
                    "[%d] %s › %s"
                            .formatted(
                                    place.getInteger("rank"),
                                    place.getString("document"),
                                    place.getString("section")));
        }
    }
}
