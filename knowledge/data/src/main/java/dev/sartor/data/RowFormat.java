package dev.sartor.data;

import dev.sartor.core.Message;
import dev.sartor.data.row.Row;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// How one format's row becomes an input with its references.
sealed interface RowFormat permits MessagesRow, PromptCompletionRow, TextLabelRow, SquadRow {
    /// The fields without which a row is not of this format.
    List<String> needs();

    /// What the row says; empty where it said a problem instead.
    Optional<Reading> read(Row row);

    default boolean fits(Collection<String> names) {
        return names.containsAll(needs());
    }

    /// @param references never empty
    record Reading(List<Message> input, List<String> references) {}

    /// The format to read with; for {@link DataFormat#AUTO} the one that a row with these fields fits.
    static Optional<RowFormat> of(DataFormat format, ReadRules rules, Collection<String> names) {
        return switch (format) {
            case MESSAGES -> Optional.of(new MessagesRow());
            case PROMPT_COMPLETION -> Optional.of(new PromptCompletionRow());
            case TEXT_LABEL -> Optional.of(new TextLabelRow(rules));
            case SQUAD -> Optional.of(new SquadRow(rules));
            case AUTO -> fitting(rules, names).flatMap(found -> of(found, rules, names));
        };
    }

    /// The first format that a row with these fields fits.
    static Optional<DataFormat> fitting(ReadRules rules, Collection<String> names) {
        for (var format : DataFormat.values()) {
            if (format != DataFormat.AUTO && of(format, rules, names).orElseThrow().fits(names)) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }
}
