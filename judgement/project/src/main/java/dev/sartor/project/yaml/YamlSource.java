package dev.sartor.project.yaml;

import dev.sartor.core.SartorException;
import dev.sartor.core.text.BoundedYaml;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/// YAML 1.2 as a tree of nodes that know their lines.
public final class YamlSource {
    private static final int MOST_ALIASES = 50;

    private YamlSource() {}

    public static String text(Path file, String shown) {
        try {
            BoundedYaml.requireSize(file, shown);
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw SartorException.user(
                    shown + " is not UTF-8 text: save it as UTF-8 and run the command again.", e);
        } catch (IOException e) {
            throw SartorException.missing("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /// The file's mapping; empty where there is none, and then a problem says why.
    public static Optional<MappingNode> mapping(String text, FileProblems problems) {
        if (hasTabs(text, problems)) {
            return Optional.empty();
        }
        return compose(text, problems)
                .flatMap(node -> {
                    if (node instanceof MappingNode mapping) {
                        return Optional.of(mapping);
                    }
                    problems.add(
                            line(node),
                            "the file must hold keys and values, such as 'name: help-desk'.");
                    return Optional.empty();
                });
    }

    /// @return the tree of a piece of YAML that stands in the code itself
    public static Node fragment(String yaml) {
        return new Compose(settings()).composeString(yaml).orElseThrow();
    }

    public static int line(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    }

    private static Optional<Node> compose(String text, FileProblems problems) {
        var excess = BoundedYaml.of(text);
        if (excess.isPresent()) {
            problems.add(excess.get().line(), excess.get().problem());
            return Optional.empty();
        }
        try {
            var node = new Compose(settings()).composeString(text);
            if (node.isEmpty()) {
                problems.add(1, "the file is empty. `sartor init` writes one to start from.");
            }
            return node;
        } catch (MarkedYamlEngineException e) {
            var mark = e.getProblemMark().or(e::getContextMark);
            problems.add(
                    mark.map(at -> at.getLine() + 1).orElse(1),
                    "not valid YAML: " + e.getProblem() + ".");
        } catch (YamlEngineException e) {
            problems.add(1, "not valid YAML: " + e.getMessage() + ".");
        }
        return Optional.empty();
    }

    private static LoadSettings settings() {
        return LoadSettings.builder()
                .setUseMarks(true)
                .setMaxAliasesForCollections(MOST_ALIASES)
                .build();
    }

    /// YAML forbids tabs in indentation; its parser's words for that help nobody.
    private static boolean hasTabs(String text, FileProblems problems) {
        var lines = text.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            var indent =
                    lines[i].substring(0, lines[i].length() - lines[i].stripLeading().length());
            if (indent.indexOf('\t') >= 0 && !lines[i].isBlank()) {
                problems.add(i + 1, "a tab indents this line. Use spaces; YAML allows no tabs.");
            }
        }
        return !problems.isEmpty();
    }
}
