package dev.sartor.project.setting;

import dev.sartor.core.text.Nearest;
import dev.sartor.project.yaml.FileProblems;
import dev.sartor.project.yaml.Setting;
import dev.sartor.project.yaml.YamlSource;
import dev.sartor.tune.trainer.Dimension;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/// Reads what a search may set a training's setting to: a list of values, or a range. Each value is held to the rules of the
/// setting itself.
final class SpaceReader {
    private static final List<String> RANGE =
            List.of(SearchSpace.FROM, SearchSpace.TO, SearchSpace.SCALE);

    private final Scalars scalars;
    private final FileProblems problems;

    SpaceReader(Scalars scalars, FileProblems problems) {
        this.scalars = scalars;
        this.problems = problems;
    }

    /// @param path ends with the setting's key
    /// @return empty where something is wrong, and then a problem says what
    Optional<Object> read(Node node, Setting setting, String path) {
        var varied = SearchSpace.varied(path.substring(path.lastIndexOf('.') + 1));
        if (node instanceof SequenceNode list) {
            return choice(list, varied, path);
        }
        if (node instanceof MappingNode range && SearchSpace.isNumber(varied)) {
            return range(range, varied, path);
        }
        return refuse(
                node,
                path
                        + " must be a list of values"
                        + (SearchSpace.isNumber(varied) ? " or a range {from, to, scale}" : "")
                        + ", such as "
                        + setting.example()
                        + ". A single value stands under tune itself.");
    }

    private Optional<Object> choice(SequenceNode list, SettingKey varied, String path) {
        var values = new ArrayList<String>();
        var seen = new HashSet<>();
        boolean isGood = true;
        for (var each : list.getValue()) {
            var place = path + "[" + values.size() + "]";
            var value = scalars.read(each, SearchSpace.type(varied), varied.setting(), place);
            isGood &= value.isPresent();
            if (value.isPresent() && !seen.add(value.get())) {
                return refuse(each, place + " stands there twice. Keep one of them.");
            }
            values.add(each instanceof ScalarNode scalar ? scalar.getValue() : "");
        }
        if (isGood && values.size() < 2) {
            return refuse(
                    list,
                    path
                            + " must name at least two values, got "
                            + values
                            + ". A single value stands under tune itself.");
        }
        return isGood ? Optional.of(new Dimension.Choice(varied.key(), values)) : Optional.empty();
    }

    private Optional<Object> range(MappingNode range, SettingKey varied, String path) {
        var given = given(range, path);
        for (var end : List.of(SearchSpace.FROM, SearchSpace.TO)) {
            if (!given.containsKey(end)) {
                return refuse(
                        range,
                        path + "." + end + " is missing. A range is {from: 1, to: 9, scale: log}.");
            }
        }
        var from = end(given, SearchSpace.FROM, varied, path);
        var to = end(given, SearchSpace.TO, varied, path);
        var scale = scale(given, varied, path);
        if (from.isEmpty()
                || to.isEmpty()
                || scale.isEmpty()
                || !RANGE.containsAll(given.keySet())) {
            return Optional.empty();
        }
        if (from.get() >= to.get()) {
            return refuse(
                    range,
                    String.format(
                            Locale.ROOT,
                            "%s.from must be less than its to (%s), got %s. Swap them, or write a single value under tune itself.",
                            path,
                            text(given, SearchSpace.TO),
                            text(given, SearchSpace.FROM)));
        }
        boolean isLog = scale.get() == SearchSpace.Scale.LOG;
        if (isLog && from.get() <= 0) {
            return refuse(
                    range,
                    String.format(
                            Locale.ROOT,
                            "%s.from must be more than 0 with 'scale: log', got %s. Begin above 0, or choose 'scale: linear'.",
                            path,
                            text(given, SearchSpace.FROM)));
        }
        return Optional.of(
                new Dimension.Range(
                        varied.key(),
                        from.get(),
                        to.get(),
                        isLog,
                        SearchSpace.type(varied) == int.class));
    }

    private Map<String, Node> given(MappingNode range, String path) {
        var given = new HashMap<String, Node>();
        for (var tuple : range.getValue()) {
            var key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
            given.put(key, tuple.getValueNode());
            if (!RANGE.contains(key)) {
                refuse(
                        tuple.getKeyNode(),
                        "unknown key '"
                                + key
                                + "' under "
                                + path
                                + "."
                                + Nearest.advice(key, RANGE));
            }
        }
        return given;
    }

    private Optional<Double> end(
            Map<String, Node> given, String end, SettingKey varied, String path) {
        return Optional.ofNullable(given.get(end))
                .flatMap(node ->
                        scalars.read(
                                node, SearchSpace.type(varied), varied.setting(), path + "." + end))
                .map(value -> ((Number) value).doubleValue());
    }

    private Optional<SearchSpace.Scale> scale(
            Map<String, Node> given, SettingKey varied, String path) {
        var node = Optional.ofNullable(given.get(SearchSpace.SCALE));
        if (node.isEmpty()) {
            return Optional.of(SearchSpace.Scale.LINEAR);
        }
        return scalars.read(
                        node.get(),
                        SearchSpace.Scale.class,
                        varied.setting(),
                        path + "." + SearchSpace.SCALE)
                .map(SearchSpace.Scale.class::cast);
    }

    private static String text(Map<String, Node> given, String key) {
        return given.get(key) instanceof ScalarNode scalar ? scalar.getValue() : "";
    }

    private Optional<Object> refuse(Node node, String what) {
        problems.add(YamlSource.line(node), what);
        return Optional.empty();
    }
}
