package dev.sartor.serve.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.sartor.serve.Echo;
import dev.sartor.serve.Served;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// A client that others wrote understands the server.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Langchain4jTest {
    private final Server server = Served.start(Served.chat(new Echo()));
    private final String url = server.url() + "/v1";

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void itChats() {
        var model = OpenAiChatModel.builder().baseUrl(url).apiKey("none").modelName("m").build();
        assertThat(model.chat("say it again")).isEqualTo("say it again");
    }

    @Test
    void itUnderstandsARefusal() {
        var model =
                OpenAiChatModel.builder()
                        .baseUrl(url)
                        .apiKey("none")
                        .modelName("m")
                        .frequencyPenalty(2.5)
                        .build();
        assertThatThrownBy(() -> model.chat("say it again"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("frequency_penalty must be -2 to 2");
    }

    @Test
    void itStreams() throws Exception {
        var model =
                OpenAiStreamingChatModel.builder()
                        .baseUrl(url)
                        .apiKey("none")
                        .modelName("m")
                        .temperature(0.3)
                        .build();
        var pieces = Collections.synchronizedList(new ArrayList<String>());
        var done = new CompletableFuture<ChatResponse>();
        model.chat(
                "say it again",
                new StreamingChatResponseHandler() {
                    @Override
                    public void onPartialResponse(String piece) {
                        pieces.add(piece);
                    }

                    @Override
                    public void onCompleteResponse(ChatResponse response) {
                        done.complete(response);
                    }

                    @Override
                    public void onError(Throwable error) {
                        done.completeExceptionally(error);
                    }
                });
        var response = done.get(20, TimeUnit.SECONDS);
        assertThat(response.aiMessage().text()).isEqualTo("say it again");
        assertThat(response.tokenUsage().totalTokenCount()).isEqualTo(6);
        assertThat(pieces).isEqualTo(List.of("say", " it", " again"));
    }

    @Test
    void itEmbeds() {
        var model =
                OpenAiEmbeddingModel.builder().baseUrl(url).apiKey("none").modelName("e").build();
        assertThat(model.embed("two words").content().vector()).containsExactly(9f, 2f, -0.5f);
    }
}
