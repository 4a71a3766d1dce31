package dev.sartor.studio.page;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// A page's address. All that a page shows stands in it, so that it opens the same view anywhere.
///
/// @param path such as `/examples`
/// @param fields of the query, in their order
public record Address(String path, Map<String, String> fields) {
    public Address {
        fields = new LinkedHashMap<>(fields);
    }

    public static Address of(String path) {
        return new Address(path, Map.of());
    }

    /// Of a project's page.
    public static Address of(String path, String project) {
        return of(path).with("project", project);
    }

    /// Of a task's page.
    public static Address of(String path, String project, String task) {
        return of(path, project).with("task", task);
    }

    /// With a field in the place of the one of that name; a blank one goes.
    public Address with(String name, String value) {
        var all = new LinkedHashMap<>(fields);
        all.remove(name);
        if (!value.isEmpty()) {
            all.put(name, value);
        }
        return new Address(path, all);
    }

    public Address with(String name, Optional<String> value) {
        return with(name, value.orElse(""));
    }

    public Address at(String otherPath) {
        return new Address(otherPath, fields);
    }

    @Override
    public String toString() {
        return fields.isEmpty()
                ? path
                : path
                        + "?"
                        + fields.entrySet().stream()
                                .map(each ->
                                        encoded(each.getKey()) + "=" + encoded(each.getValue()))
                                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
