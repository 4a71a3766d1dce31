package dev.sartor.synthesis;

import dev.sartor.core.AnswerForm;
import dev.sartor.core.Json;
import dev.sartor.retrieve.text.Chunk;
import dev.sartor.synthesis.check.Pair;
import dev.sartor.synthesis.check.QuestionKind;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/// What a model is told that makes a pair of a passage, and how its reply is read.
final class MakingPrompt {
    private static final int MOST_TOKENS = 120;
    private static final int LONGEST_QUESTION = 200;
    private static final int LONGEST_ANSWER = 160;

    private MakingPrompt() {}

    static String pair(Chunk chunk, QuestionKind kind) {
        return "Passage:\n"
                + chunk.indexed()
                + "\n\nWrite one question that this passage alone answers, and its answer. The question "
                + asksFor(kind)
                + ". It names what it is about, so that it is clear to somebody who does not see the passage, and it is put"
                + " in other words than the passage. The answer is whole and as short as can be, in the passage's words."
                + " Reply with JSON: {\"question\": \"…\", \"answer\": \"…\"}";
    }

    private static String asksFor(QuestionKind kind) {
        return switch (kind) {
            case NUMBER -> "asks how many, how much or how long";
            case TIME -> "asks when";
            case PERSON -> "asks who";
            case PLACE -> "asks where";
            case REASON -> "asks why";
            case MANNER -> "asks how something is done";
            case OTHER -> "asks what or which";
        };
    }

    static AnswerForm pairForm() {
        var schema = object();
        text(schema, "question", LONGEST_QUESTION);
        text(schema, "answer", LONGEST_ANSWER);
        schema.putArray("required").add("question").add("answer");
        return new AnswerForm.JsonText(schema, MOST_TOKENS);
    }

    static String paraphrase(String question) {
        return "Question: "
                + question
                + "\n\nAsk the same in other words, as somebody else would. Keep names and numbers. Reply with JSON:"
                + " {\"question\": \"…\"}";
    }

    static AnswerForm paraphraseForm() {
        var schema = object();
        text(schema, "question", LONGEST_QUESTION);
        schema.putArray("required").add("question");
        return new AnswerForm.JsonText(schema, MOST_TOKENS);
    }

    private static ObjectNode object() {
        var schema = Json.mapper().createObjectNode().put("type", "object");
        schema.putObject("properties");
        return schema.put("additionalProperties", false);
    }

    private static void text(ObjectNode schema, String name, int most) {
        schema.withObject("/properties")
                .putObject(name)
                .put("type", "string")
                .put("minLength", 1)
                .put("maxLength", most);
    }

    /// What a reply says; blank where it is no such JSON.
    static Pair read(String reply) {
        int from = reply.indexOf('{');
        int to = reply.lastIndexOf('}');
        if (from < 0 || to < from) {
            return new Pair("", "");
        }
        try {
            var json = Json.mapper().readTree(reply.substring(from, to + 1));
            return new Pair(
                    json.path("question").asString("").strip(),
                    json.path("answer").asString("").strip());
        } catch (JacksonException e) {
            return new Pair("", "");
        }
    }
}
