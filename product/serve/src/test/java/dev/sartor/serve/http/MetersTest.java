package dev.sartor.serve.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.core.Principal;
import dev.sartor.serve.ApiKey;
import dev.sartor.serve.Echo;
import dev.sartor.serve.Limits;
import dev.sartor.serve.Served;
import dev.sartor.serve.ServerSettings;
import dev.sartor.serve.server.Client;
import dev.sartor.serve.server.Server;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MetersTest {
    @Test
    void requestsTokensSecondsAndErrorsAreCounted() {
        try (var server = Served.start(Served.chat(new Echo()));
                var client = new Client(server)) {
            client.chat(Served.ONE_MESSAGE);
            client.chat(Served.ONE_STREAM);
            client.chat(Served.ONE_MESSAGE.replace("again", "1 2 3 4 5 6 7 8 9"));
            client.chat(Served.ONE_MESSAGE.replace("\"m\"", "\"made up\""));
            client.post("/v1/embeddings", "{\"model\": \"e\", \"input\": \"two words\"}");
            client.get("/somewhere/else");
            var reply = client.get("/metrics");
            assertThat(reply.header("content-type"))
                    .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain"));
            assertThat(reply.text())
                    .contains(count("m", "/v1/chat/completions", 200, 2))
                    .contains(count("m", "/v1/chat/completions", 400, 1))
                    .contains(count("", "/v1/chat/completions", 404, 1))
                    .contains(count("e", "/v1/embeddings", 200, 1))
                    .contains(count("", "other", 404, 1))
                    .contains("sartor_request_seconds_sum{")
                    .contains("sartor_request_seconds_bucket{")
                    .contains("sartor_first_text_seconds_count{model=\"m\"} 2")
                    .contains("sartor_tokens_total{kind=\"prompt\",model=\"m\"} 6.0")
                    .contains("sartor_tokens_total{kind=\"cached\",model=\"m\"} 2.0")
                    .contains("sartor_tokens_total{kind=\"completion\",model=\"m\"} 6.0")
                    .contains("sartor_tokens_total{kind=\"prompt\",model=\"e\"} 2.0")
                    .contains(
                            "sartor_errors_total{code=\"context_length_exceeded\",type=\"invalid_request_error\"}"
                                    + " 1.0")
                    .contains("sartor_running{kind=\"chat\"} 0.0")
                    .doesNotContain("made up");
        }
    }

    /// With several keys, whoever holds one of them reads the figures.
    @Test
    void figuresOfModelsThatTheCallerMayNotKnowAreLeftOut() {
        var ann = ApiKey.of("the-key-of-ann", new Principal(Set.of("user:ann", "group:sales")));
        var ben = ApiKey.of("the-key-of-ben", new Principal(Set.of("user:ben")));
        var settings = new ServerSettings("127.0.0.1", 0, List.of(ann, ben), Limits.usual());
        try (var server = Server.start(settings, Served.withSecrets());
                var sales = new Client(server.url(), Optional.of("the-key-of-ann"));
                var other = new Client(server.url(), Optional.of("the-key-of-ben"))) {
            for (var model : List.of("open", "sales/secret")) {
                assertThat(
                                sales.chat(Served.ONE_MESSAGE.replace("\"m\"", "\"" + model + "\""))
                                        .status())
                        .isEqualTo(200);
            }
            assertThat(sales.get("/metrics").text()).contains("sales/secret", "model=\"open\"");
            assertThat(other.get("/metrics").text())
                    .contains("model=\"open\"", "model=\"\"", "sartor_running{")
                    .doesNotContain("secret");
        }
    }

    private static String count(String model, String path, int status, int count) {
        return "sartor_request_seconds_count{model=\"%s\",path=\"%s\",status=\"%d\"} %d"
                .formatted(model, path, status, count);
    }
}
