package dev.sartor.serve.openai;

import dev.sartor.core.Answer;
import dev.sartor.core.Json;
import dev.sartor.core.Passage;
import dev.sartor.core.SartorException;
import dev.sartor.core.Statement;
import dev.sartor.core.TokenScore;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The JSON of one chat completion, whole or in chunks. Some clients throw at a chunk without id, created or model.
///
/// @param created seconds since 1970
/// @param prompt the id of the prompt's version, part of what the API calls the fingerprint of the system
/// @param withUsage whether chunks have a place for the counts of tokens, filled in the last one only
record Completion(
        String id, long created, String model, Optional<String> prompt, boolean withUsage) {
    private static final String SOURCES = "sources";
    private static final String STATEMENTS = "statements";
    private static final String CONFIDENCE = "confidence";
    private static final String ABSTAINED = "abstained";
    private static final String OMITTED = "omitted";

    /// @param answers to one question, at least one
    ObjectNode whole(List<Answer> answers) {
        var choices = array();
        for (int i = 0; i < answers.size(); i++) {
            choices.add(choice(i, answers.get(i)));
        }
        var whole = head("chat.completion");
        whole.set("choices", choices);
        whole.set("usage", usage(answers));
        return whole;
    }

    private static ObjectNode choice(int index, Answer answer) {
        var message = object().put("role", "assistant").put("content", answer.text());
        message.putNull("refusal");
        if (!answer.passages().isEmpty()) {
            message.set(SOURCES, sources(answer.passages()));
        }
        if (!answer.statements().isEmpty()) {
            message.set(STATEMENTS, statements(answer.statements()));
        }
        sure(message, answer);
        omitted(message, answer.omitted());
        var choice = object().put("index", index);
        choice.set("message", message);
        choice.put("finish_reason", finish(answer));
        choice.set("logprobs", TokenScores.json(answer.tokenScores()));
        return choice;
    }

    /// @param index which of several answers
    ObjectNode firstChunk(int index) {
        var delta = object().put("role", "assistant").put("content", "").putNull("refusal");
        return chunk(index, delta, null, List.of());
    }

    ObjectNode chunk(int index, String text) {
        return chunk(index, object().put("content", text), null, List.of());
    }

    /// Ends the text; the sources of an answer with retrieval stand in its delta, the scores of all its tokens beside it.
    ObjectNode lastChunk(int index, Answer answer) {
        var delta = object();
        if (!answer.passages().isEmpty()) {
            delta.set(SOURCES, sources(answer.passages()));
        }
        if (!answer.statements().isEmpty()) {
            delta.set(STATEMENTS, statements(answer.statements()));
        }
        sure(delta, answer);
        omitted(delta, answer.omitted());
        return chunk(index, delta, finish(answer), answer.tokenScores());
    }

    ObjectNode usageChunk(List<Answer> answers) {
        var chunk = head("chat.completion.chunk");
        chunk.set("choices", array());
        chunk.set("usage", usage(answers));
        return chunk;
    }

    private ObjectNode chunk(
            int index, ObjectNode delta, @Nullable String finish, List<TokenScore> scores) {
        var choice = object().put("index", index);
        choice.set("delta", delta);
        choice.put("finish_reason", finish);
        choice.set("logprobs", TokenScores.json(scores));
        var chunk = head("chat.completion.chunk");
        chunk.set("choices", array().add(choice));
        if (withUsage) {
            chunk.putNull("usage");
        }
        return chunk;
    }

    private ObjectNode head(String object) {
        var head =
                object().put("id", id)
                        .put("object", object)
                        .put("created", created)
                        .put("model", model);
        prompt.ifPresent(version -> head.put("system_fingerprint", "prompt-" + version));
        return head;
    }

    private static void sure(ObjectNode message, Answer answer) {
        answer.confidence().ifPresent(sure -> message.put(CONFIDENCE, rounded(sure)));
        if (answer.abstained()) {
            message.put(ABSTAINED, true);
        }
    }

    /// Of passages that the asker may read.
    private static void omitted(ObjectNode message, Answer.Omitted omitted) {
        if (!omitted.equals(Answer.Omitted.none())) {
            message.set(
                    OMITTED,
                    object().put("injections", omitted.injections())
                            .put("withheld", omitted.withheld()));
        }
    }

    private static double rounded(double confidence) {
        return Math.round(confidence * 10_000) / 10_000.0;
    }

    private static String finish(Answer answer) {
        return switch (answer.finish()) {
            case STOP -> "stop";
            case LENGTH -> "length";
            case CANCELLED ->
                    throw SartorException.missing("the answer was cancelled before its end");
        };
    }

    /// The prompt counts once, the answers together.
    private static ObjectNode usage(List<Answer> answers) {
        var prompt = answers.getFirst().usage();
        int completion = answers.stream().mapToInt(a -> a.usage().completionTokens()).sum();
        var node =
                object().put("prompt_tokens", prompt.promptTokens())
                        .put("completion_tokens", completion)
                        .put("total_tokens", prompt.promptTokens() + completion);
        node.set("prompt_tokens_details", object().put("cached_tokens", prompt.cachedTokens()));
        return node;
    }

    /// Best first, with ranks and without scores, which tell of words in passages that the asker may not read.
    private static ArrayNode sources(List<Passage> passages) {
        var list = array();
        for (int i = 0; i < passages.size(); i++) {
            var passage = passages.get(i);
            var source =
                    object().put("number", i + 1)
                            .put("document", passage.document())
                            .put("section", passage.section())
                            .put("text", passage.text())
                            .put("rank", i + 1);
            passage.pages().into(source);
            list.add(source);
        }
        return list;
    }

    /// Each sentence with the numbers of the sources that it cites, and the one that it was found in.
    private static ArrayNode statements(List<Statement> statements) {
        var list = array();
        for (var statement : statements) {
            var node = object().put("text", statement.text());
            var cites = node.putArray("cites");
            statement.cites().forEach(cites::add);
            if (statement.isSupported()) {
                node.put("source", statement.source());
            } else {
                node.putNull("source");
            }
            list.add(node.put("supported", statement.isSupported()));
        }
        return list;
    }

    private static ObjectNode object() {
        return Json.mapper().createObjectNode();
    }

    private static ArrayNode array() {
        return Json.mapper().createArrayNode();
    }
}
