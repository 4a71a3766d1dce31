package dev.sartor.documents.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/// On which line of a YAML file each entry of a list begins, counted from 1.
final class ListLines {
    private ListLines() {}

    /// @param key at the file's top
    /// @return empty where it cannot be told
    static List<Integer> of(Path file, String key) {
        try {
            return new Compose(LoadSettings.builder().build())
                    .composeString(Files.readString(file))
                    .map(top -> lines(top, key))
                    .orElse(List.of());
        } catch (IOException | YamlEngineException e) {
            return List.of(); // whoever reads the file for its content says what is wrong with it
        }
    }

    private static List<Integer> lines(Node top, String key) {
        if (top instanceof MappingNode map) {
            for (var pair : map.getValue()) {
                if (pair.getKeyNode() instanceof ScalarNode name
                        && name.getValue().equals(key)
                        && pair.getValueNode() instanceof SequenceNode list) {
                    return list.getValue().stream()
                            .map(Node::getStartMark)
                            .flatMap(Optional::stream)
                            .map(Mark::getLine)
                            .map(line -> line + 1)
                            .toList();
                }
            }
        }
        return List.of();
    }
}
