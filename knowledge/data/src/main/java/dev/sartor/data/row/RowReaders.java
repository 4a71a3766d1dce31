package dev.sartor.data.row;

import dev.sartor.core.Readers;
import java.util.ArrayList;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/// Who may read a row, by its field `readers`. A row without the field is for everyone; one whose field is blank does not
/// say who may read it, and is refused.
public final class RowReaders {
    public static final String FIELD = "readers";

    private RowReaders() {}

    /// Names in a list, or in one text with `;` between them as CSV needs it; `everyone` is all.
    public static Readers of(Row row) {
        if (!row.has(FIELD)) {
            return Readers.everyone();
        }
        var names = new ArrayList<String>();
        var node = row.value(FIELD).orElse(NullNode.getInstance());
        if (node.isString()) {
            Stream.of(node.stringValue().split(";", -1)).map(String::strip).forEach(names::add);
        } else if (node.isArray()) {
            node.forEach(name -> names.add(name.isString() ? name.stringValue() : ""));
        }
        if (names.isEmpty() || names.stream().anyMatch(String::isBlank)) {
            row.problem(
                    "'readers' must name at least one reader, such as [\"group:sales\"], got "
                            + (isBlank(node) ? "nothing" : Quoted.of(node.toString()))
                            + ". Where everyone may read the row, write everyone, or leave the field out.");
            return Readers.nobody();
        }
        var wrong = names.stream().filter(name -> !Readers.isName(name)).findFirst();
        if (wrong.isPresent()) {
            row.problem(
                    "'readers' must hold names such as user:ann, group:sales, tenant:acme or everyone, got "
                            + Quoted.of(wrong.get())
                            + ".");
            return Readers.nobody();
        }
        return Readers.named(names);
    }

    private static boolean isBlank(JsonNode node) {
        return node.isNull() || (node.isString() && node.stringValue().isBlank());
    }
}
