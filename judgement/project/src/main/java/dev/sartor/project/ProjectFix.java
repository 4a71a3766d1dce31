package dev.sartor.project;

import dev.sartor.core.SartorException;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.project.setting.RenamedKeys;
import dev.sartor.project.yaml.FileProblems;
import dev.sartor.project.yaml.YamlSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/// Brings keys and values of a `sartor.yaml` that have other names now up to date, in place: nothing else in the file
/// changes, and what it was is kept beside it.
public final class ProjectFix {
    private record Edit(int line, String path, ScalarNode node, String now) {
        /// In code points from the file's beginning.
        int start() {
            return node.getStartMark().orElseThrow().getIndex();
        }

        String said() {
            return Project.FILE + ":" + line + ": " + path + ": " + node.getValue() + " → " + now;
        }
    }

    private final TreeMap<Integer, Edit> edits = new TreeMap<>();
    private final FileProblems problems = new FileProblems(Project.FILE);

    private ProjectFix() {}

    /// Rewrites the file where a name in it is a former one: aside, flushed, renamed.
    ///
    /// @param folder the project's
    /// @return what was changed, a sentence each; empty where there was nothing to change
    /// @throws SartorException a user's error where the file is no YAML, or holds a key by both of its names
    public static List<String> fix(Path folder) {
        var file = real(folder.resolve(Project.FILE));
        var text = YamlSource.text(file, Project.FILE);
        var fix = new ProjectFix();
        YamlSource.mapping(text, fix.problems).ifPresent(mapping -> fix.mapping(mapping, ""));
        fix.problems.throwIfAny();
        if (fix.edits.isEmpty()) {
            return List.of();
        }
        var fixed = fix.edited(text);
        var kept = free(file);
        copy(file, kept, text);
        copy(file, file, fixed);
        var said = new ArrayList<>(fix.edits.values().stream().map(Edit::said).toList());
        said.add("The file as it was is kept as " + kept.getFileName() + ".");
        return said;
    }

    /// Of a link what it leads to, so that it stays a link.
    private static Path real(Path file) {
        try {
            return Files.exists(file) ? file.toRealPath() : file;
        } catch (IOException e) {
            throw SartorException.missing("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private void mapping(MappingNode mapping, String path) {
        var present = mapping.getValue().stream().map(ProjectFix::key).collect(Collectors.toSet());
        for (var tuple : mapping.getValue()) {
            var key = key(tuple);
            var now = RenamedKeys.key(path, key);
            now.ifPresent(renamed -> key(tuple, path, renamed, present));
            if (tuple.getValueNode() instanceof ScalarNode value) {
                RenamedKeys.value(path, now.orElse(key), value.getValue())
                        .ifPresent(renamed -> add(value, join(path, now.orElse(key)), renamed));
            }
            within(tuple.getValueNode(), join(path, key));
        }
    }

    private void key(NodeTuple tuple, String path, String now, Set<String> present) {
        if (present.contains(now)) {
            problems.add(
                    line(tuple.getKeyNode()),
                    join(path, key(tuple))
                            + " is "
                            + now
                            + " by its former name, and both stand here. Keep one of them.");
        } else if (tuple.getKeyNode() instanceof ScalarNode node) {
            add(node, path, now);
        }
    }

    private void within(Node node, String path) {
        switch (node) {
            case MappingNode mapping -> mapping(mapping, path);
            case SequenceNode list -> list.getValue().forEach(each -> within(each, path));
            default -> {}
        }
    }

    private void add(ScalarNode node, String path, String now) {
        var edit = new Edit(line(node), path, node, now);
        edits.put(edit.start(), edit);
    }

    /// What an alias repeats is written once and edited once.
    private String edited(String text) {
        var out = new StringBuilder(text);
        for (var edit : edits.descendingMap().values()) {
            int start = text.offsetByCodePoints(0, edit.start());
            int quote = text.startsWith("'", start) || text.startsWith("\"", start) ? 1 : 0;
            var old = edit.node().getValue();
            if (!text.startsWith(old, start + quote)) {
                throw SartorException.user(
                        Project.FILE
                                + ":"
                                + edit.line()
                                + ": "
                                + old
                                + " is written in a way that is not rewritten here: write "
                                + edit.now()
                                + " yourself. Nothing was changed.");
            }
            out.replace(start + quote, start + quote + old.length(), edit.now());
        }
        return out.toString();
    }

    private static Path free(Path file) {
        var kept = file.resolveSibling(Project.FILE + ".old");
        for (int i = 2; Files.exists(kept); i++) {
            kept = file.resolveSibling(Project.FILE + ".old" + i);
        }
        return kept;
    }

    /// With who may read it, where the system says so.
    private static void copy(Path from, Path to, String text) {
        try {
            if (!from.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                AtomicFile.write(to, text);
                return;
            }
            var allowed = Files.getPosixFilePermissions(from);
            AtomicFile.write(to, text);
            Files.setPosixFilePermissions(to, allowed);
        } catch (IOException e) {
            throw AtomicFile.failure(to, e);
        }
    }

    private static String key(NodeTuple tuple) {
        return tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
    }

    private static int line(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    }

    private static String join(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}
