package dev.sartor.data;

import dev.sartor.data.row.Row;
import java.util.Optional;

/// Two texts that belong together, such as a question and the passage that answers it.
///
/// @param negative is like the positive and does not belong to the anchor
public record SimilarTexts(String anchor, String positive, Optional<String> negative) {
    static Optional<SimilarTexts> read(Row row) {
        var anchor = row.neededText("anchor");
        var positive = row.neededText("positive");
        var negative =
                row.value("negative")
                        .filter(value -> !(value.isString() && value.stringValue().isBlank()))
                        .flatMap(value -> row.text(value, "'negative'"));
        return anchor.flatMap(
                first -> positive.map(second -> new SimilarTexts(first, second, negative)));
    }
}
