package dev.sartor.project.setting;

import dev.sartor.core.SartorException;
import dev.sartor.core.text.Nearest;
import dev.sartor.project.yaml.FileProblems;
import dev.sartor.project.yaml.Setting;
import dev.sartor.project.yaml.Types;
import dev.sartor.project.yaml.YamlSource;
import dev.sartor.prompt.version.PromptVariant;
import dev.sartor.tune.trainer.Dimension;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/// Makes records of YAML nodes by what the records' components say about themselves, collecting every problem.
public final class YamlBinder {
    private final FileProblems problems;
    private final Scalars scalars;
    private final SpaceReader spaces;
    private final Map<String, Integer> lines = new HashMap<>();
    private final IdentityHashMap<Object, String> places = new IdentityHashMap<>();
    private final Map<Class<?>, Object> inherited = new HashMap<>();

    public YamlBinder(Path folder, FileProblems problems) {
        this.problems = problems;
        this.scalars = new Scalars(folder, problems);
        this.spaces = new SpaceReader(scalars, problems);
    }

    /// A record as it is where nothing is said.
    ///
    /// @param type whose keys may all be left out
    static <R> R usual(Class<R> type) {
        var problems = new FileProblems("{}");
        var read =
                new YamlBinder(Path.of(""), problems)
                        .record((MappingNode) YamlSource.fragment("{}"), type, "");
        problems.throwIfAny();
        return read.orElseThrow();
    }

    /// A record with some of its keys as a piece of YAML says them.
    ///
    /// @param yaml a mapping of keys that the record has to values that they may have
    static <R> R changed(R record, Class<R> type, String yaml) {
        var problems = new FileProblems(yaml);
        var binder = new YamlBinder(Path.of(""), problems);
        binder.inherited.put(type, record);
        var changed = binder.record((MappingNode) YamlSource.fragment(yaml), type, "");
        if (!problems.isEmpty()) {
            throw SartorException.defect("values that a search may not try: " + yaml);
        }
        return changed.orElseThrow();
    }

    /// The line on which a key such as `tasks[0].metric` stands, or its section where it stands nowhere.
    public int line(String path) {
        var found = lines.get(path);
        if (found != null) {
            return found;
        }
        var end = Math.max(path.lastIndexOf('.'), path.lastIndexOf('['));
        return end < 0 ? 1 : line(path.substring(0, end));
    }

    /// Whether a key stands in the file, rightly or wrongly.
    public boolean isGiven(String path) {
        return lines.containsKey(path);
    }

    /// Where a record was read from, such as `tasks[0]`.
    public String place(Object record) {
        return places.getOrDefault(record, "");
    }

    /// A wrong value is replaced by its default where there is one, so that reading goes on and finds the other
    /// problems. A section inside a list entry inherits what the section of the same kind outside says.
    ///
    /// @param path where the mapping stands, such as `tune`; empty at the top
    /// @return empty where something is wrong, and then a problem says what
    public <R> Optional<R> record(MappingNode mapping, Class<R> type, String path) {
        var keys = SettingKey.of(type);
        var given = given(mapping, keys.stream().map(SettingKey::key).toList(), path);
        var values = new ArrayList<Optional<Object>>();
        for (var key : keys) {
            values.add(
                    given.containsKey(key.key())
                            ? read(key, given.get(key.key()), path)
                            : absent(key, mapping, path, type));
        }
        if (values.stream().anyMatch(Optional::isEmpty)) {
            return Optional.empty();
        }
        var made = construct(type, values.stream().map(Optional::orElseThrow).iterator(), path);
        made.ifPresent(record -> places.put(record, path));
        if (!path.contains("[")) {
            made.ifPresent(record -> inherited.put(type, record));
        }
        return made;
    }

    private Map<String, Node> given(MappingNode mapping, List<String> known, String path) {
        var given = new LinkedHashMap<String, Node>();
        for (NodeTuple tuple : mapping.getValue()) {
            var key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
            var line = YamlSource.line(tuple.getKeyNode());
            lines.put(join(path, key), line);
            var renamed = RenamedKeys.key(path, key).filter(known::contains);
            if (renamed.isPresent()) {
                var now = renamed.get();
                lines.put(join(path, now), line);
                problems.add(
                        line,
                        join(path, key)
                                + " is renamed to "
                                + now
                                + ": run "
                                + RenamedKeys.COMMAND
                                + ".");
                // Reading goes on, to find the other problems.
                given.putIfAbsent(now, value(path, now, tuple.getValueNode()));
            } else if (!known.contains(key)) {
                problems.add(
                        line,
                        "unknown key '"
                                + key
                                + "'"
                                + (path.isEmpty() ? "." : " under " + path + ".")
                                + Nearest.advice(key, known));
            } else if (given.putIfAbsent(key, tuple.getValueNode()) != null) {
                problems.add(
                        line, join(path, key) + " stands here a second time. Keep one of them.");
            }
        }
        return given;
    }

    /// By its present name.
    private static Node value(String path, String key, Node node) {
        return node instanceof ScalarNode scalar
                ? RenamedKeys.value(path, key, scalar.getValue())
                        .<Node>map(now ->
                                new ScalarNode(
                                        scalar.getTag(),
                                        true,
                                        now,
                                        scalar.getScalarStyle(),
                                        scalar.getStartMark(),
                                        scalar.getEndMark()))
                        .orElse(node)
                : node;
    }

    private Optional<Object> read(SettingKey key, Node node, String path) {
        var full = join(path, key.key());
        return bind(node, key.type(), key.setting(), full).or(() -> fallback(key, full));
    }

    private Optional<Object> absent(
            SettingKey key, MappingNode mapping, String path, Class<?> type) {
        var full = join(path, key.key());
        var above = Optional.ofNullable(inherited.get(type));
        if (above.isPresent()) {
            return above.map(key::value);
        }
        if (key.isRequired()) {
            problems.add(
                    YamlSource.line(mapping),
                    full + " is missing." + Scalars.advice(key.setting()) + example(key));
        }
        return fallback(key, full);
    }

    private Optional<Object> fallback(SettingKey key, String full) {
        if (key.isOptional()) {
            return Optional.of(Optional.empty());
        }
        return key.isRequired()
                ? Optional.empty()
                : bind(
                        YamlSource.fragment(key.setting().fallback()),
                        key.type(),
                        key.setting(),
                        full);
    }

    private static String example(SettingKey key) {
        var example = key.setting().example();
        return example.isEmpty() || example.contains("\n")
                ? ""
                : " Example: '" + key.key() + ": " + example + "'.";
    }

    private Optional<Object> bind(Node node, Type type, Setting setting, String path) {
        var raw = Types.raw(type);
        if (raw == Optional.class) {
            return node.getTag().equals(Tag.NULL)
                    ? Optional.of(Optional.empty())
                    : bind(node, Types.argument(type, 0), setting, path).map(Optional::of);
        }
        if (raw == List.class) {
            return list(node, Types.argument(type, 0), setting, path);
        }
        if (raw == Map.class) {
            return map(node, type, setting, path);
        }
        if (raw == Dimension.class) {
            return spaces.read(node, setting, path);
        }
        if (raw == TaskPrompt.class) {
            return prompt(node, path);
        }
        if (raw == PromptVariant.class) {
            return scalars.read(node, String.class, setting, path)
                    .map(name -> PromptVariant.named(name.toString()));
        }
        if (raw.isRecord()) {
            return section(node, raw, path);
        }
        return scalars.read(node, raw, setting, path);
    }

    private Optional<Object> prompt(Node node, String path) {
        if (node instanceof MappingNode) {
            return section(node, PromptSettings.class, path);
        }
        if (node instanceof ScalarNode scalar && NamedPrompt.isName(scalar.getValue())) {
            return Optional.of(NamedPrompt.of(scalar.getValue()));
        }
        problems.add(
                YamlSource.line(node),
                path
                        + " must be promoted, the id of a version (12 hexadecimal digits), or a section with system"
                        + " and user"
                        + (node instanceof ScalarNode scalar ? ", got " + scalar.getValue() : "")
                        + ". `sartor prompts list` lists the versions.");
        return Optional.empty();
    }

    private Optional<Object> section(Node node, Class<?> raw, String path) {
        if (node instanceof MappingNode mapping) {
            return record(mapping, raw, path).map(each -> each);
        }
        problems.add(YamlSource.line(node), path + " must be a section of keys and values.");
        return Optional.empty();
    }

    private Optional<Object> list(Node node, Type element, Setting setting, String path) {
        if (!(node instanceof SequenceNode sequence)) {
            var example = setting.example().isEmpty() ? "[a, b]" : setting.example();
            problems.add(
                    YamlSource.line(node),
                    path
                            + " must be a list"
                            + (example.contains("\n") ? "." : ", such as " + example + "."));
            return Optional.empty();
        }
        var values = new ArrayList<Optional<Object>>();
        for (var each : sequence.getValue()) {
            var place = path + "[" + values.size() + "]";
            lines.put(place, YamlSource.line(each));
            values.add(bind(each, element, setting, place));
        }
        var good = values.stream().flatMap(Optional::stream).toList();
        // Where nothing good is left, saying that the list is empty would be one problem too many.
        return good.isEmpty() && !values.isEmpty() ? Optional.empty() : Optional.of(good);
    }

    private Optional<Object> map(Node node, Type type, Setting setting, String path) {
        if (!(node instanceof MappingNode mapping)) {
            problems.add(YamlSource.line(node), path + " must be a section of keys and values.");
            return Optional.empty();
        }
        var keys = Types.raw(Types.argument(type, 0));
        var known = Wire.values(keys);
        var given = given(mapping, known, path);
        var values = new LinkedHashMap<Object, Object>();
        given.forEach((key, value) ->
                bind(value, Types.argument(type, 1), setting, join(path, key))
                        .ifPresent(bound ->
                                values.put(Wire.choices(keys).get(known.indexOf(key)), bound)));
        return Optional.of(values);
    }

    /// @param values those of the keys, in the order of {@link SettingKey#of}; the record takes its own from them
    private <R> Optional<R> construct(Class<R> type, Iterator<Object> values, String path) {
        var components = type.getRecordComponents();
        var arguments = new ArrayList<Object>();
        for (var component : components) {
            var part =
                    SettingKey.isPart(component)
                            ? construct(component.getType(), values, path)
                            : Optional.of(values.next());
            if (part.isEmpty()) {
                return Optional.empty();
            }
            arguments.add(part.get());
        }
        var types = Stream.of(components).map(RecordComponent::getType);
        try {
            Constructor<R> constructor = type.getDeclaredConstructor(types.toArray(Class[]::new));
            return Optional.of(constructor.newInstance(arguments.toArray()));
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof SartorException refusal && refusal.getMessage() != null) {
                // A refusal may itself be a list of problems, with a last line that counts them.
                refusal.getMessage()
                        .lines()
                        .filter(line -> !line.endsWith("nothing was started."))
                        .forEach(line -> problems.add(line(path), path + ": " + line));
                return Optional.empty();
            }
            throw SartorException.defect("cannot make " + type, e);
        } catch (ReflectiveOperationException e) {
            throw SartorException.defect("cannot make " + type, e);
        }
    }

    private static String join(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}
