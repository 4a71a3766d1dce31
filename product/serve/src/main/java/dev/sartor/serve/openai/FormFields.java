package dev.sartor.serve.openai;

import dev.sartor.core.AnswerForm;
import dev.sartor.serve.http.Complaints;
import dev.sartor.serve.http.Fields;
import java.util.ArrayList;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;

/// Reads which form an answer is to have: OpenAI's response_format, or guided_json, guided_regex and guided_choice as vLLM
/// names them.
public final class FormFields {
    private static final int MOST_SCHEMA = 1 << 18;
    private static final int MOST_REGEX = 1 << 16;
    private static final int MOST_CHOICES = 4096;
    private static final int MOST_CHOICE_CHARACTERS = 1 << 18;

    private final Fields fields;
    private final Complaints complaints;

    public FormFields(Fields fields, Complaints complaints) {
        this.fields = fields;
        this.complaints = complaints;
    }

    /// The form that is asked for; empty for free text.
    Optional<WantedForm> read() {
        var found = new ArrayList<WantedForm>();
        fields.checked("response_format", "an object with a type", JsonNode::isObject)
                .flatMap(this::responseFormat)
                .ifPresent(form -> found.add(new WantedForm("response_format", form)));
        fields.checked("guided_json", "a JSON Schema", n -> n.isObject() || n.isBoolean())
                .filter(schema -> isSmall("guided_json", schema))
                .ifPresent(schema ->
                        found.add(
                                new WantedForm(
                                        "guided_json",
                                        most -> new AnswerForm.JsonText(schema, most))));
        fields.text("guided_regex")
                .filter(this::isSmall)
                .ifPresent(regex ->
                        found.add(
                                new WantedForm(
                                        "guided_regex",
                                        most -> new AnswerForm.Matching(regex, most))));
        fields.checked("guided_choice", "a list of texts, none empty", FormFields::areTexts)
                .filter(this::areFew)
                .map(list -> list.valueStream().map(JsonNode::stringValue).distinct().toList())
                .ifPresent(labels ->
                        found.add(
                                new WantedForm(
                                        "guided_choice", _ -> new AnswerForm.OneOf(labels))));
        if (found.size() > 1) {
            complaints.invalid(
                    "response_format",
                    "the only one of response_format, guided_json, guided_regex and guided_choice",
                    found.size() + " of them");
        }
        return found.stream().findFirst();
    }

    private boolean isSmall(String name, JsonNode schema) {
        return isWithin(
                name,
                schema.toString().length(),
                MOST_SCHEMA,
                "characters of JSON Schema; define what repeats once, under $defs");
    }

    private boolean isSmall(String regex) {
        return isWithin(
                "guided_regex", regex.length(), MOST_REGEX, "characters; repeat with {n,m}");
    }

    private boolean areFew(JsonNode texts) {
        int characters = texts.valueStream().mapToInt(text -> text.stringValue().length()).sum();
        return isWithin("guided_choice", texts.size(), MOST_CHOICES, "texts; send fewer")
                && isWithin(
                        "guided_choice",
                        characters,
                        MOST_CHOICE_CHARACTERS,
                        "characters in all; send shorter texts");
    }

    private boolean isWithin(String name, int size, int most, String what) {
        if (size > most) {
            complaints.invalid(name, "at most " + most + " " + what, size);
        }
        return size <= most;
    }

    private static boolean areTexts(JsonNode list) {
        return list.isArray()
                && !list.isEmpty()
                && list.valueStream()
                        .allMatch(text -> text.isString() && !text.stringValue().isEmpty());
    }

    private Optional<IntFunction<AnswerForm>> responseFormat(JsonNode node) {
        return typed(node, "response_format.", this::schema);
    }

    /// The form that `format` asks for in the `text` of a response, where a schema stands beside its type; empty for free text.
    public Optional<WantedForm> textFormat() {
        return fields.checked("format", "an object with a type", JsonNode::isObject)
                .flatMap(node ->
                        typed(
                                node,
                                "text.format.",
                                format -> Optional.of(schema(format, "text.format."))))
                .map(form -> new WantedForm("text.format", form));
    }

    private Optional<IntFunction<AnswerForm>> typed(
            JsonNode node,
            String path,
            Function<Fields, Optional<IntFunction<AnswerForm>>> schema) {
        var format = new Fields(node, path, complaints);
        format.missing("type", "text, json_object or json_schema");
        var type = format.text("type").orElse("");
        Optional<IntFunction<AnswerForm>> form =
                switch (type) {
                    case "", "text" -> Optional.empty();
                    case "json_object" -> Optional.of(AnswerForm.JsonText::object);
                    case "json_schema" -> schema.apply(format);
                    default -> {
                        complaints.invalid(path + "type", "text, json_object or json_schema", type);
                        yield Optional.empty();
                    }
                };
        format.refuseOthers();
        return form;
    }

    private Optional<IntFunction<AnswerForm>> schema(Fields format) {
        format.missing("json_schema", "an object with a name and a schema");
        return format.checked("json_schema", "an object", JsonNode::isObject)
                .map(node -> {
                    var path = "response_format.json_schema.";
                    var inner = new Fields(node, path, complaints);
                    var form = schema(inner, path);
                    inner.refuseOthers();
                    return form;
                });
    }

    /// Always held to the letter, whether or not it is said to be strict.
    private IntFunction<AnswerForm> schema(Fields inner, String path) {
        inner.text("name");
        inner.text("description");
        inner.flag("strict");
        inner.missing("schema", "a JSON Schema");
        var schema =
                inner.checked("schema", "a JSON Schema", n -> n.isObject() || n.isBoolean())
                        .filter(each -> isSmall(path + "schema", each));
        return most -> new AnswerForm.JsonText(schema.orElse(BooleanNode.TRUE), most);
    }
}
