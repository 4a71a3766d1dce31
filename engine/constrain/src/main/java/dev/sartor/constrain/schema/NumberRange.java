package dev.sartor.constrain.schema;

import java.math.BigDecimal;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Which numbers a schema allows.
///
/// @param integer whether only whole ones
/// @param low,high empty where there is no bound
/// @param lowOpen,highOpen whether the bound itself is not allowed
/// @param step what all numbers are multiples of; more than 0
record NumberRange(
        boolean integer,
        Optional<BigDecimal> low,
        boolean lowOpen,
        Optional<BigDecimal> high,
        boolean highOpen,
        Optional<BigDecimal> step) {
    /// @param schema in its plain form
    static NumberRange of(JsonNode schema, boolean integer) {
        var low = bound(schema, "minimum");
        var above = bound(schema, "exclusiveMinimum");
        var high = bound(schema, "maximum");
        var below = bound(schema, "exclusiveMaximum");
        boolean lowOpen =
                above.isPresent() && (low.isEmpty() || above.get().compareTo(low.get()) >= 0);
        boolean highOpen =
                below.isPresent() && (high.isEmpty() || below.get().compareTo(high.get()) <= 0);
        return new NumberRange(
                integer,
                lowOpen ? above : low,
                lowOpen,
                highOpen ? below : high,
                highOpen,
                bound(schema, "multipleOf"));
    }

    private static Optional<BigDecimal> bound(JsonNode schema, String keyword) {
        return schema.has(keyword)
                ? Optional.of(schema.get(keyword).decimalValue())
                : Optional.empty();
    }

    boolean isFree() {
        return low.isEmpty() && high.isEmpty() && step.isEmpty();
    }
}
