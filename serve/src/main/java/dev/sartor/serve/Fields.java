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

    /// A text, or a list with texts, that is not Unicode is complained of and counts as left out.
    Optional<JsonNode> value(String name) {
        return sent(name).filter(node -> !isText(node) || isUnicode(name, node));
    }

    private Optional<JsonNode> sent(String name) {
        known.add(name);
        return Optional.ofNullable(object.get(name)).filter(node -> !node.isNull());
    }

    /// What is read no further, but may not hold what is not Unicode.
    private Optional<JsonNode> whole(String name) {
        return sent(name).filter(node -> isUnicode(name, node));
    }

    /// A field that changes nothing, whatever it holds.
    void ignored(String name) {
        whole(name);
    }

    Optional<String> text(String name) {
        return checked(name, "a string", JsonNode::isString).map(JsonNode::stringValue);
    }

    Optional<Boolean> flag(String name) {
        return checked(name, "true or false", JsonNode::isBoolean).map(JsonNode::booleanValue);
    }

    Optional<Integer> count(String name) {
        return wholeNumber(name, "a whole number from 1", 1, Integer.MAX_VALUE);
    }

    /// @param rule says what `low` and `high`, the smallest and the largest, mean
    Optional<Integer> wholeNumber(String name, String rule, int low, int high) {
        return checked(
                        name,
                        rule,
                        node ->
                                node.isIntegralNumber()
                                        && node.canConvertToInt()
                                        && node.intValue() >= low
                                        && node.intValue() <= high)
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
        return checked(name, rule, node -> node.isNumber() && holds.test(real(node)))
                .map(Fields::real);
    }

    /// The nearest double, infinite beyond the largest: Jackson's own conversion throws there.
    static double real(JsonNode number) {
        return number.isBigInteger()
                ? number.bigIntegerValue().doubleValue()
                : number.doubleValue();
    }

    Optional<JsonNode> checked(String name, String rule, Predicate<JsonNode> holds) {
        return value(name).filter(node -> isRight(name, rule, node, holds));
    }

    /// A field that may be sent as long as it changes nothing.
    void only(String name, String neutral, Predicate<JsonNode> isNeutral) {
        whole(name)
                .filter(node -> !isNeutral.test(node))
                .ifPresent(node ->
                        complaints.unsupported(path + name, "leave it out or send " + neutral));
    }

    void unsupported(String name, String reason) {
        sent(name).ifPresent(node -> complaints.unsupported(path + name, reason));
    }

    void missing(String name, String rule) {
        if (sent(name).isEmpty()) {
            complaints.missing(path + name, rule);
        }
    }

    /// Call last: complains of every field that was not read.
    void refuseOthers() {
        object.propertyNames().stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> complaints.unknown(path + name));
    }

    private static boolean isText(JsonNode node) {
        return node.isString()
                || (node.isArray() && node.valueStream().anyMatch(JsonNode::isString));
    }

    private boolean isUnicode(String name, JsonNode node) {
        var flaw = WellFormed.flaw(node);
        flaw.ifPresent(found -> complaints.invalid(path + name, WellFormed.RULE, found));
        return flaw.isEmpty();
    }

    private boolean isRight(String name, String rule, JsonNode node, Predicate<JsonNode> holds) {
        var right = holds.test(node);
        if (!right) {
            complaints.invalid(path + name, rule, node);
        }
        return right;
    }
}
