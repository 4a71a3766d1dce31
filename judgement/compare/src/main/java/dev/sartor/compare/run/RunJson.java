package dev.sartor.compare.run;

import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// How runs are written: snake_case, as in the project file.
public final class RunJson {
    private static final JsonMapper LINES =
            Json.mapper()
                    .rebuild()
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .build();
    private static final JsonMapper PRETTY =
            LINES.rebuild().enable(SerializationFeature.INDENT_OUTPUT).build();

    private RunJson() {}

    public static String line(Object value) {
        return LINES.writeValueAsString(value);
    }

    public static String pretty(Object value) {
        return PRETTY.writeValueAsString(value) + "\n";
    }

    public static String lines(List<?> values) {
        return values.stream().map(value -> line(value) + "\n").collect(Collectors.joining());
    }

    public static Map<String, Object> settings(Object record) {
        return LINES.convertValue(record, new TypeReference<Map<String, Object>>() {});
    }

    public static <T> T settings(Object map, Class<T> type) {
        return LINES.convertValue(map, type);
    }

    public static <T> T read(Path file, Class<T> type) {
        try {
            return LINES.readValue(Files.readAllBytes(file), type);
        } catch (JacksonException e) {
            throw damaged(file, e);
        } catch (IOException e) {
            throw SartorException.missing("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    public static <T> List<T> readLines(Path file, Class<T> type) {
        try (var lines = Files.lines(file)) {
            return lines.filter(line -> !line.isBlank())
                    .map(line -> LINES.readValue(line, type))
                    .toList();
        } catch (JacksonException e) {
            throw damaged(file, e);
        } catch (IOException e) {
            throw SartorException.missing("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /// One value of a file that holds one in each line.
    ///
    /// @param file named where the line is damaged
    static <T> T read(byte[] line, Path file, Class<T> type) {
        try {
            return LINES.readValue(line, type);
        } catch (JacksonException e) {
            throw damaged(file, e);
        }
    }

    private static SartorException damaged(Path file, JacksonException cause) {
        return SartorException.user(
                file
                        + " is damaged or from another version of Sartor: "
                        + cause.getOriginalMessage()
                        + ". Remove its folder; `sartor compare` makes the run anew.",
                cause);
    }
}
