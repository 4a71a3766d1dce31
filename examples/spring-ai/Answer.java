import dev.sartor.core.Principal;
import dev.sartor.hub.environment.Use;
import dev.sartor.retrieve.index.HubEmbedders;
import dev.sartor.retrieve.index.PersistentIndex;
import dev.sartor.springai.SartorVectorStore;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.advisor.vectorstore.QuestionAnswerAdvisor;
import org.springframework.ai.chat.prompt.PromptTemplate;
import org.springframework.ai.document.Document;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.vectorstore.SearchRequest;

/// A small model takes the advisor's own template for a reason to refuse.
static final String TEMPLATE =
        """
        {query}

        Answer using the following information:
        {question_answer_context}""";

/// Answers from an index, with the model that `sartor serve` serves. Arguments: INDEX, QUESTION, and who asks.
void main(String[] arguments) {
    // An application takes it from whoever has logged in, never from the question.
    var principal = new Principal(Set.of("user:" + (arguments.length > 2 ? arguments[2] : "guest")));
    var model =
            OpenAiChatModel.builder()
                    .options(
                            OpenAiChatOptions.builder()
                                    .baseUrl("http://127.0.0.1:8080/v1")
                                    .apiKey("none")
                                    .model("smollm2-135m-instruct")
                                    .temperature(0.0)
                                    .maxTokens(60)
                                    .build())
                    .build();
    var embedders = HubEmbedders.usual(Use.COMMERCIAL);
    try (var index = PersistentIndex.open(Path.of(arguments[0]), embedders.opening())) {
        // One passage: a model as small as this one loses the thread in more.
        var passages =
                QuestionAnswerAdvisor.builder(new SartorVectorStore(index, () -> principal))
                        .searchRequest(SearchRequest.builder().topK(1).build())
                        .promptTemplate(new PromptTemplate(TEMPLATE))
                        .build();
        var response =
                ChatClient.create(model)
                        .prompt()
                        .advisors(passages)
                        .user(arguments[1])
                        .call()
                        .chatClientResponse();
        IO.println(response.chatResponse().getResult().getOutput().getText());
        var sources = (List<?>) response.context().get(QuestionAnswerAdvisor.RETRIEVED_DOCUMENTS);
        for (var source : sources) {
            var place = ((Document) source).getMetadata();
            IO.println(
                    "[%s] %s › %s"
                            .formatted(
                                    place.get("rank"), place.get("document"), place.get("section")));
        }
    }
}
