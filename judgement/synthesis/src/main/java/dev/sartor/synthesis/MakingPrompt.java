package dev.sartor.synthesis;

import dev.sartor.core.AnswerForm;
import dev.sartor.core.Json;
import dev.sartor.core.Message;
import dev.sartor.retrieve.text.Chunk;
import dev.sartor.synthesis.check.Pair;
import dev.sartor.synthesis.check.QuestionKind;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/// What a model is told that makes a pair of a passage, and how its reply is read.
final class MakingPrompt {
    private static final int MOST_TOKENS = 120;
    private static final int LONGEST_QUESTION = 200;
    private static final int LONGEST_ANSWER = 160;

    private static final String RULES =
            "You write one question that the passage alone answers, and its answer. The question names what it is about, so that it is"
                    + " clear to somebody who does not see the passage, and it is put in other words than the passage. The answer is whole and"
                    + " as short as can be, in the passage's words.";

    private static final List<Solved> SOLVED =
            List.of(
                    new Solved(
                            "Ferry timetable › Winter\nFrom November to March the ferry to Lund leaves the north quay every 40 minutes, the last"
                                    + " one at 21:15. Dogs travel free on a lead.",
                            QuestionKind.NUMBER,
                            new Pair(
                                    "How often does the ferry to Lund run in winter?",
                                    "every 40 minutes")),
                    new Solved(
                            "Coffee machine X2 › Cleaning\nRinse the milk pipe at the end of each day. A red drop on the display means that the"
                                    + " water tank is empty; a blue one asks for descaling powder, sold as CP-7.",
                            QuestionKind.OTHER,
                            new Pair(
                                    "What does a red drop on the screen of the coffee machine X2 tell me?",
                                    "that the water tank is empty")),
                    new Solved(
                            "Garden club › Members\nNew members pay 15 euros for the first year. The key to the shed is kept by Anna Reiter, who"
                                    + " also orders the seeds in February.",
                            QuestionKind.PERSON,
                            new Pair("Who has the key to the garden club's shed?", "Anna Reiter")));

    private record Solved(String passage, QuestionKind kind, Pair pair) {}

    private MakingPrompt() {}

    /// Three solved examples of other subjects, then the passage.
    static List<Message> pair(Chunk chunk, QuestionKind kind) {
        var turns = new ArrayList<Message>();
        turns.add(Message.system(RULES));
        SOLVED.forEach(each -> {
            turns.add(Message.user(asked(each.passage(), each.kind())));
            turns.add(Message.assistant(Json.line(each.pair())));
        });
        turns.add(Message.user(asked(chunk.indexed(), kind)));
        return turns;
    }

    private static String asked(String passage, QuestionKind kind) {
        return "Passage:\n"
                + passage
                + "\n\nA question that "
                + asksFor(kind)
                + ", with its answer, as JSON:";
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

    static List<Message> paraphrase(String question) {
        return List.of(
                Message.user(
                        "Question: "
                                + question
                                + "\n\nAsk the same in other words, as somebody else would. Keep names and numbers. Reply with JSON:"
                                + " {\"question\": \"…\"}"));
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
