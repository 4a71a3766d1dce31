package dev.sartor.retrieve;

import dev.sartor.retrieve.field.Quantity;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// What a value of a document's metadata, or of a condition, can be compared as besides as itself.
///
/// @param from where it is a stretch of time its beginning, in milliseconds since 1970-01-01 in UTC
/// @param until the first that is no longer in it
public record MetadataValue(OptionalDouble number, OptionalLong from, OptionalLong until) {
    public static MetadataValue of(String text) {
        var quantity = Quantity.of(text);
        return new MetadataValue(
                quantity.number(),
                quantity.time().map(t -> OptionalLong.of(t.from())).orElse(OptionalLong.empty()),
                quantity.time().map(t -> OptionalLong.of(t.until())).orElse(OptionalLong.empty()));
    }
}
