package dev.sartor.serve;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/// Reads the fields of one JSON object and complains of each that is wrong or that nobody asked for. A field that is
/// null counts as left out.
final class Fields {
    private final JsonNode object;
    private final String path;
    private final Complaints complaints;
    private final Set<String> known = new HashSet<>();

    /// @param path what stands before a field's name in a complaint, such as `messages[0].`; empty at the top
    Fields(JsonNode object, String path, Complaints complaints) {
        this.object = object;
        this.path = path;
        this.complaints = complaints;
    }

    Optional<JsonNode> value(String name) {
        known.add(name);
        return Optional.ofNullable(object.get(name)).filter(node -> !node.isNull());
    }

    Optional<String> text(String name) {
        return checked(name, "a string", JsonNode::isString)
                .map(JsonNode::stringValue)
                .filter(text -> isUnicode(name, text));
    }

    Optional<Boolean> flag(String name) {
        return checked(name, "true or false", JsonNode::isBoolean).map(JsonNode::booleanValue);
    }

    Optional<Integer> count(String name) {
        return checked(
                        name,
                        "a whole number from 1",
                        node ->
                                node.isIntegralNumber()
                                        && node.canConvertToInt()
                                        && node.intValue() >= 1)
                .map(JsonNode::intValue);
    }

    Optional<Long> wholeNumber(String name) {
        return checked(
                        name,
                        "a whole number of at most 64 bits",
                        node -> node.isIntegralNumber() && node.canConvertToLong())
                .map(JsonNode::longValue);
    }

    Optional<Double> number(String name, String rule, Predicate<Double> holds) {
        return checked(name, rule, node -> node.isNumber() && holds.test(node.doubleValue()))
                .map(JsonNode::doubleValue);
    }

    Optional<JsonNode> checked(String name, String rule, Predicate<JsonNode> holds) {
        return value(name).filter(node -> isRight(name, rule, node, holds));
    }

    /// A field that may be sent as long as it changes nothing.
    void only(String name, String neutral, Predicate<JsonNode> isNeutral) {
        value(name)
                .filter(node -> !isNeutral.test(node))
                .ifPresent(node ->
                        complaints.unsupported(path + name, "leave it out or send " + neutral));
    }

    void unsupported(String name, String reason) {
        value(name).ifPresent(node -> complaints.unsupported(path + name, reason));
    }

    void missing(String name, String rule) {
        if (value(name).isEmpty()) {
            complaints.missing(path + name, rule);
        }
    }

    /// Call last: complains of every field that was not read.
    void refuseOthers() {
        object.propertyNames().stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> complaints.unknown(path + name));
    }

    /// JSON can carry halves of surrogate pairs, which no tokenizer can read.
    private boolean isUnicode(String name, String text) {
        var whole = text.codePoints().noneMatch(c -> c >= 0xD800 && c <= 0xDFFF);
        if (!whole) {
            complaints.invalid(path + name, "valid Unicode", "half of a surrogate pair");
        }
        return whole;
    }

    private boolean isRight(String name, String rule, JsonNode node, Predicate<JsonNode> holds) {
        var right = holds.test(node);
        if (!right) {
            complaints.invalid(path + name, rule, node);
        }
        return right;
    }
}
