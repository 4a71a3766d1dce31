package dev.sartor.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.core.Answer;
import dev.sartor.core.AnswerForm;
import dev.sartor.core.Json;
import dev.sartor.core.Message;
import dev.sartor.core.Principal;
import dev.sartor.core.Question;
import dev.sartor.core.Sampling;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChatWireTest {
    private static Question question(Sampling sampling) {
        return new Question(
                "q",
                List.of(Message.user("\"Hi\" \u2028 \ud83d\ude80")),
                new AnswerForm.FreeText(7),
                sampling,
                Principal.local());
    }

    @Test
    void samplingIsSentWhereItIsAskedFor() {
        var body =
                Json.mapper()
                        .readTree(
                                new ChatWire("m")
                                        .request(
                                                question(
                                                        Sampling.greedy()
                                                                .withTemperature(0.7)
                                                                .withTopP(0.9)
                                                                .withSeed(5)
                                                                .withStop(List.of("\n"))),
                                                true));
        assertThat(body.path("temperature").asDouble()).isEqualTo(0.7);
        assertThat(body.path("top_p").asDouble()).isEqualTo(0.9);
        assertThat(body.path("seed").asInt()).isEqualTo(5);
        assertThat(body.path("stop").path(0).asString()).isEqualTo("\n");
        assertThat(body.path("stream_options").path("include_usage").asBoolean()).isTrue();
        assertThat(body.path("messages").path(0).path("content").asString())
                .isEqualTo("\"Hi\" \u2028 \ud83d\ude80");
    }

    @Test
    void anAnswerMayLeaveOutWhatNobodyNeeds() {
        var answer =
                ChatWire.answer("{\"choices\": [{\"message\": {\"content\": \"\"}}]}")
                        .orElseThrow();
        assertThat(answer.text()).isEmpty();
        assertThat(answer.usage()).isEqualTo(new Answer.Usage(0, 0, 0));
        assertThat(answer.finish()).isEqualTo(Answer.Finish.STOP);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{",
                "{\"choices\": {}}",
                "{\"choices\": [{\"message\": {\"content\": 3}}]}",
                "{\"error\": {\"message\": \"no\"}}"
            })
    void whatIsNoCompletionIsNoAnswer(String body) {
        assertThat(ChatWire.answer(body)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[DONE]", "[]", "{\"error\": {}}", "{\"choices\": 1}"})
    void whatIsNoChunkIsNoChunk(String data) {
        assertThat(ChatWire.chunk(data)).isEmpty();
    }
}
