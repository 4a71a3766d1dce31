package dev.sartor.core.text;

import dev.sartor.core.SartorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Locale;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// Refuses YAML that would cost more than it says: too large, too deep, or growing by aliases. Its parts are met one after
/// the other, before anything is built of them, so that no text overflows the stack or the heap.
public final class BoundedYaml {
    static final int MOST_BYTES = 3 << 20;
    static final int MOST_DEPTH = 50;

    /// Keys, values and lists, an alias counted as all that it stands for.
    static final int MOST_NODES = 1_000_000;

    private final HashMap<Anchor, Open> anchored = new HashMap<>();
    private final ArrayDeque<Open> open = new ArrayDeque<>();

    private BoundedYaml() {}

    /// What is too much.
    ///
    /// @param line where, from 1
    public record Excess(int line, String problem) {}

    /// A list or keys and values, under reading or read.
    private static final class Open {
        private long nodes = 1;
        private int height = 1;
        private boolean isRead;
    }

    /// @throws SartorException a user's error where the file is too large to be read at all
    public static void requireSize(Path file, String shown) throws IOException {
        if (Files.size(file) > MOST_BYTES) {
            throw SartorException.user(
                    String.format(
                            Locale.ROOT,
                            "%s must have at most %,d bytes, has %,d: keep data in files of their own, and name them in it.",
                            shown,
                            MOST_BYTES,
                            Files.size(file)));
        }
    }

    /// The first excess; empty where there is none, and where the text is no YAML, which its reader says better.
    public static Optional<Excess> of(String text) {
        var reading = new BoundedYaml();
        try {
            for (var event : new Parse(LoadSettings.builder().build()).parseString(text)) {
                var problem = reading.met(event);
                if (problem.isPresent()) {
                    int line = event.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
                    return Optional.of(new Excess(line, problem.get()));
                }
            }
        } catch (YamlEngineException e) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    private Optional<String> met(Event event) {
        return switch (event) {
            case AliasEvent alias -> alias(alias.getAlias());
            case CollectionEndEvent _ -> {
                var read = open.pop();
                read.isRead = true;
                yield open.isEmpty() ? Optional.empty() : holds(read.nodes, read.height);
            }
            case NodeEvent node when node.getEventId() == Event.ID.Scalar -> {
                node.getAnchor().ifPresent(name -> anchored.put(name, scalar()));
                yield open.isEmpty() ? Optional.empty() : holds(1, 0);
            }
            case NodeEvent node -> {
                var begun = new Open();
                open.push(begun);
                node.getAnchor().ifPresent(name -> anchored.put(name, begun));
                yield tooDeep(open.size());
            }
            default -> Optional.empty();
        };
    }

    private static Open scalar() {
        var scalar = new Open();
        scalar.height = 0;
        scalar.isRead = true;
        return scalar;
    }

    private Optional<String> alias(Anchor name) {
        var meant = anchored.get(name);
        if (meant == null || open.isEmpty()) {
            return Optional.empty();
        }
        if (!meant.isRead) {
            return Optional.of(
                    "the alias *" + name + " stands within what it names: write it out.");
        }
        return holds(meant.nodes, meant.height);
    }

    private Optional<String> holds(long nodes, int height) {
        var above = open.element();
        above.nodes += nodes;
        above.height = Math.max(above.height, height + 1);
        if (above.nodes > MOST_NODES) {
            return Optional.of(
                    String.format(
                            Locale.ROOT,
                            "its aliases stand for more than %,d keys and values: write out what is meant.",
                            MOST_NODES));
        }
        return tooDeep(open.size() + height);
    }

    private static Optional<String> tooDeep(int depth) {
        return depth <= MOST_DEPTH
                ? Optional.empty()
                : Optional.of(
                        "lists and keys are nested more than "
                                + MOST_DEPTH
                                + " deep: nothing that is read here needs more than a few levels.");
    }
}
