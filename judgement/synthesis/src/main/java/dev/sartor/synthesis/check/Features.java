package dev.sartor.synthesis.check;

import dev.sartor.core.SartorException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What was measured of a pair.
///
/// @param values by the features' names, in an order that is always the same; none for what is no pair
public record Features(Map<String, Double> values) {
    public Features {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    static Features none() {
        return new Features(Map.of());
    }

    double of(String name) {
        return Optional.ofNullable(values.get(name))
                .orElseThrow(() ->
                        SartorException.defect(
                                "nothing was measured that is called " + name,
                                new IllegalStateException(name)));
    }
}
