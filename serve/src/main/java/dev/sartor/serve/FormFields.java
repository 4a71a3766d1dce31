package dev.sartor.serve;

import dev.sartor.core.AnswerForm;
import java.util.ArrayList;
import java.util.Optional;
import java.util.function.IntFunction;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;

/// Reads which form an answer is to have: OpenAI's response_format, or guided_json, guided_regex and guided_choice as vLLM
/// names them.
final class FormFields {
    private final Fields fields;
    private final Complaints complaints;

    FormFields(Fields fields, Complaints complaints) {
        this.fields = fields;
        this.complaints = complaints;
    }

    /// The form for a limit of tokens; empty for free text.
    Optional<IntFunction<AnswerForm>> read() {
        var found = new ArrayList<IntFunction<AnswerForm>>();
        fields.checked("response_format", "an object with a type", JsonNode::isObject)
                .flatMap(this::responseFormat)
                .ifPresent(found::add);
        fields.checked("guided_json", "a JSON Schema", n -> n.isObject() || n.isBoolean())
                .ifPresent(schema -> found.add(most -> new AnswerForm.JsonText(schema, most)));
        fields.text("guided_regex")
                .ifPresent(regex -> found.add(most -> new AnswerForm.Matching(regex, most)));
        fields.checked("guided_choice", "a list of texts, none empty", FormFields::areTexts)
                .map(list -> list.valueStream().map(JsonNode::stringValue).distinct().toList())
                .ifPresent(labels -> found.add(_ -> new AnswerForm.OneOf(labels)));
        if (found.size() > 1) {
            complaints.invalid(
                    "response_format",
                    "the only one of response_format, guided_json, guided_regex and guided_choice",
                    found.size() + " of them");
        }
        return found.stream().findFirst();
    }

    private static boolean areTexts(JsonNode list) {
        return list.isArray()
                && !list.isEmpty()
                && list.valueStream()
                        .allMatch(text -> text.isString() && !text.stringValue().isEmpty());
    }

    private Optional<IntFunction<AnswerForm>> responseFormat(JsonNode node) {
        var format = new Fields(node, "response_format.", complaints);
        format.missing("type", "text, json_object or json_schema");
        var type = format.text("type").orElse("");
        Optional<IntFunction<AnswerForm>> form =
                switch (type) {
                    case "", "text" -> Optional.empty();
                    case "json_object" -> Optional.of(AnswerForm.JsonText::object);
                    case "json_schema" -> schema(format);
                    default -> {
                        complaints.invalid(
                                "response_format.type", "text, json_object or json_schema", type);
                        yield Optional.empty();
                    }
                };
        format.refuseOthers();
        return form;
    }

    /// Always held to the letter, whether or not it is said to be strict.
    private Optional<IntFunction<AnswerForm>> schema(Fields format) {
        format.missing("json_schema", "an object with a name and a schema");
        return format.checked("json_schema", "an object", JsonNode::isObject)
                .map(node -> {
                    var inner = new Fields(node, "response_format.json_schema.", complaints);
                    inner.text("name");
                    inner.text("description");
                    inner.flag("strict");
                    inner.missing("schema", "a JSON Schema");
                    var schema =
                            inner.checked(
                                    "schema", "a JSON Schema", n -> n.isObject() || n.isBoolean());
                    inner.refuseOthers();
                    return most -> new AnswerForm.JsonText(schema.orElse(BooleanNode.TRUE), most);
                });
    }
}
