package dev.sartor.serve.openai;

import dev.sartor.core.Json;
import dev.sartor.core.TokenScore;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/// The log-probabilities of an answer's tokens, as OpenAI's API writes them.
final class TokenScores {
    private TokenScores() {}

    /// @return null where none were asked for
    static JsonNode json(List<TokenScore> scores) {
        if (scores.isEmpty()) {
            return NullNode.getInstance();
        }
        var json = Json.mapper().createObjectNode();
        var content = json.putArray("content");
        for (var score : scores) {
            var token = token(score.token());
            var top = token.putArray("top_logprobs");
            score.top().forEach(each -> top.add(token(each)));
            content.add(token);
        }
        json.putNull("refusal");
        return json;
    }

    private static ObjectNode token(TokenScore.Scored scored) {
        var json = Json.mapper().createObjectNode();
        json.put("token", scored.text());
        // Clients read −9999 as "very unlikely"; JSON has no infinity.
        json.put("logprob", Math.max(-9999, scored.logProbability()));
        var bytes = json.putArray("bytes");
        scored.bytes().forEach(each -> bytes.add(each & 0xff));
        return json;
    }
}
