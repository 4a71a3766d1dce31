package dev.sartor.project.setting;

import dev.sartor.core.SartorException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Keys and values of the project file that had other names before: `config/renamed.tsv`. What was stored under a former
/// name is read, and digests are taken over the former names, so that no run is made anew because of a name.
public final class RenamedKeys {
    /// Where project files with former names are brought up to date.
    public static final String COMMAND = "`sartor check --fix`";

    private static final List<Renamed> ALL = read();

    private RenamedKeys() {}

    /// One line of the table.
    ///
    /// @param section the last name on the way to the key, such as `tune` or `trainings`
    /// @param value the former value that the line is about; empty where it is about the key
    private record Renamed(
            String section,
            String old,
            String now,
            Optional<String> value,
            Optional<String> valueNow) {
        static Renamed parsed(String line) {
            var cells = line.split("\t", -1);
            var old = cells[1].split(": ", 2);
            var now = cells[2].split(": ", 2);
            return new Renamed(cells[0], old[0], now[0], second(old), second(now));
        }

        private static Optional<String> second(String[] keyAndValue) {
            return keyAndValue.length > 1 ? Optional.of(keyAndValue[1]) : Optional.empty();
        }

        boolean isOfAKey() {
            return value.isEmpty();
        }
    }

    /// The key's present name where it is a former one.
    ///
    /// @param path of the section that holds it, such as `tasks[0].tune`
    public static Optional<String> key(String path, String old) {
        return key(List.of(section(path)), old, true);
    }

    /// The value's present name where it is a former one.
    ///
    /// @param path of the section that holds the key
    /// @param key by its present name
    public static Optional<String> value(String path, String key, String old) {
        return value(List.of(section(path)), key, old, true);
    }

    /// What a search varies, by its former name.
    static String formerOfSpace(String key) {
        return key(List.of("space"), key, false).orElse(key);
    }

    /// Stored settings by their present names.
    ///
    /// @param sections whose keys stand at the top of the map; none where it holds sections, as a project file does
    public static Map<String, Object> current(Map<String, Object> stored, String... sections) {
        return tree(stored, List.of(sections), true);
    }

    /// Settings by their former names, in the same order: what digests are taken of.
    ///
    /// @param sections likewise
    public static Map<String, Object> former(Map<String, Object> settings, String... sections) {
        return tree(settings, List.of(sections), false);
    }

    private static Map<String, Object> tree(
            Map<?, ?> settings, List<String> sections, boolean forward) {
        var all = new LinkedHashMap<String, Object>();
        settings.forEach((key, value) -> {
            var name = String.valueOf(key);
            var renamed = key(sections, name, forward).orElse(name);
            var present = forward ? renamed : name;
            all.put(renamed, within(value, name, sections, present, forward));
        });
        return all;
    }

    /// @param key that holds the value
    /// @param present its present name
    private static Object within(
            Object value, String key, List<String> sections, String present, boolean forward) {
        return switch (value) {
            case null -> value;
            case Map<?, ?> map -> tree(map, List.of(key), forward);
            case List<?> list ->
                    list.stream()
                            .map(each -> within(each, key, sections, present, forward))
                            .toList();
            case String word -> value(sections, present, word, forward).orElse(word);
            default -> value;
        };
    }

    private static Optional<String> key(List<String> sections, String name, boolean forward) {
        return ALL.stream()
                .filter(each -> each.isOfAKey() && sections.contains(each.section()))
                .filter(each -> name.equals(forward ? each.old() : each.now()))
                .map(each -> forward ? each.now() : each.old())
                .findFirst();
    }

    /// Words in capitals, as stored records have them, stay so.
    private static Optional<String> value(
            List<String> sections, String key, String word, boolean forward) {
        return ALL.stream()
                .filter(each -> sections.contains(each.section()) && each.now().equals(key))
                .filter(each ->
                        (forward ? each.value() : each.valueNow())
                                .filter(word::equalsIgnoreCase)
                                .isPresent())
                .flatMap(each -> (forward ? each.valueNow() : each.value()).stream())
                .map(each ->
                        word.equals(word.toUpperCase(Locale.ROOT))
                                ? each.toUpperCase(Locale.ROOT)
                                : each)
                .findFirst();
    }

    private static String section(String path) {
        return path.substring(path.lastIndexOf('.') + 1).replaceAll("\\[\\d+]$", "");
    }

    private static List<Renamed> read() {
        var resource = "renamed.tsv";
        try (var in = RenamedKeys.class.getResourceAsStream(resource)) {
            var text =
                    new String(
                            Optional.ofNullable(in)
                                    .orElseThrow(
                                            () -> SartorException.defect("no resource " + resource))
                                    .readAllBytes(),
                            StandardCharsets.UTF_8);
            return text.lines().skip(1).map(Renamed::parsed).toList();
        } catch (IOException e) {
            throw SartorException.defect("cannot read the resource " + resource, e);
        }
    }
}
