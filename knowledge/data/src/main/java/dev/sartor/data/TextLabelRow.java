package dev.sartor.data;

import dev.sartor.core.Message;
import dev.sartor.data.row.Row;
import java.util.List;
import java.util.Optional;

/// A text and its class.
record TextLabelRow(ReadRules rules) implements RowFormat {
    @Override
    public List<String> needs() {
        return List.of(rules.textColumn(), rules.labelColumn());
    }

    @Override
    public Optional<Reading> read(Row row) {
        var text = row.neededText(rules.textColumn());
        var label = row.neededName(rules.labelColumn());
        return text.flatMap(input ->
                label.map(reference ->
                        new Reading(List.of(Message.user(input)), List.of(reference))));
    }
}
