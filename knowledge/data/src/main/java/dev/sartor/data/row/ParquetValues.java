package dev.sartor.data.row;

import dev.hardwood.row.PqList;
import dev.hardwood.row.PqStruct;
import dev.sartor.core.Json;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// What a Parquet file holds as JSON: numbers, true and false as they are, lists as arrays, structures as objects, all else as
/// its text.
final class ParquetValues {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private ParquetValues() {}

    /// Empty for bytes.
    static Optional<JsonNode> of(Object value) {
        return switch (value) {
            case byte[] _ -> Optional.empty();
            case Boolean truth -> Optional.of(NODES.booleanNode(truth));
            case Integer number -> Optional.of(NODES.numberNode(number));
            case Long number -> Optional.of(NODES.numberNode(number));
            case Float number -> Optional.of(NODES.numberNode(number));
            case Double number -> Optional.of(NODES.numberNode(number));
            case PqList list -> Optional.of(array(list));
            case PqStruct structure -> Optional.of(object(structure));
            default -> Optional.of(NODES.stringNode(value.toString()));
        };
    }

    private static JsonNode array(PqList list) {
        var array = Json.mapper().createArrayNode();
        for (int i = 0; i < list.size(); i++) {
            array.add(list.isNull(i) ? NODES.nullNode() : of(list.get(i)).orElse(NODES.nullNode()));
        }
        return array;
    }

    private static JsonNode object(PqStruct structure) {
        var object = Json.mapper().createObjectNode();
        for (int i = 0; i < structure.getFieldCount(); i++) {
            var name = structure.getFieldName(i);
            if (!structure.isNull(i)) {
                of(structure.getValue(i)).ifPresent(value -> object.set(name, value));
            }
        }
        return object;
    }
}
