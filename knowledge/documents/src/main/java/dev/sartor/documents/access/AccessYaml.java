package dev.sartor.documents.access;

import dev.sartor.core.Problems;
import dev.sartor.core.SartorException;
import dev.sartor.core.text.BoundedYaml;
import dev.sartor.core.text.Nearest;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// Files of who may do what, such as access rules: YAML, of which JSON is a part.
public final class AccessYaml {
    private AccessYaml() {}

    /// The file's keys; none and a problem where it holds anything else.
    ///
    /// @throws SartorException where it cannot be read
    static Map<?, ?> keys(Path file, Set<String> known, Problems problems) {
        return text(file, problems)
                .<Map<?, ?>>map(text -> keys(file, text, known, problems))
                .orElse(Map.of());
    }

    /// Empty and a problem where it is not UTF-8.
    ///
    /// @throws SartorException where it cannot be read
    public static Optional<String> text(Path file, Problems problems) {
        try {
            BoundedYaml.requireSize(file, file.toString());
            return Optional.of(Files.readString(file));
        } catch (CharacterCodingException e) {
            problems.add(file.toString(), "is not UTF-8; save it as UTF-8.");
            return Optional.empty();
        } catch (IOException e) {
            throw SartorException.missing("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /// The keys of a file's text; none and a problem where it holds anything else.
    public static Map<?, ?> keys(Path file, String text, Set<String> known, Problems problems) {
        var excess = BoundedYaml.of(text);
        if (excess.isPresent()) {
            problems.add(file + ":" + excess.get().line(), excess.get().problem());
            return Map.of();
        }
        try {
            var settings = LoadSettings.builder().setMaxAliasesForCollections(50).build();
            if (new Load(settings).loadFromString(text) instanceof Map<?, ?> keys) {
                unknown(keys, known, file.toString(), problems);
                return keys;
            }
            problems.add(
                    file.toString(),
                    "must hold keys and values, such as `readers: [group:sales]`.");
        } catch (YamlEngineException e) {
            problems.add(
                    file.toString(),
                    "is not valid YAML: "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse("")
                            + ".");
        }
        return Map.of();
    }

    /// A problem for each key that is not known.
    public static void unknown(Map<?, ?> keys, Set<String> known, String where, Problems problems) {
        for (var key : keys.keySet()) {
            if (!known.contains(String.valueOf(key))) {
                problems.add(
                        where,
                        "unknown key '" + key + "'." + Nearest.hint(String.valueOf(key), known));
            }
        }
    }
}
