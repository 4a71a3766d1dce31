package dev.sartor.sources;

import java.util.Locale;
import java.util.Optional;

/// Names of documents as others give them.
final class Names {
    private static final int MOST_CHARACTERS = 1024;
    private static final int MOST_OF_A_NAME = 200;

    private Names() {}

    /// Why no document may have this path; empty where it may.
    static Optional<String> fault(String path) {
        if (path.length() > MOST_CHARACTERS) {
            return Optional.of("its path has more than " + MOST_CHARACTERS + " characters");
        }
        if (path.chars().anyMatch(c -> Character.isISOControl(c)) || path.indexOf('\\') >= 0) {
            return Optional.of("its path holds a control character or a backslash");
        }
        for (var name : path.split("/", -1)) {
            if (name.isEmpty() || name.equals(".") || name.equals("..")) {
                return Optional.of("its path holds an empty name, . or ..");
            }
            if (name.length() > MOST_OF_A_NAME) {
                return Optional.of("a name in its path has over " + MOST_OF_A_NAME + " characters");
            }
        }
        return Optional.empty();
    }

    static String last(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /// In lower case, without the dot; empty where there is none that is plain.
    static String ending(String path) {
        var name = last(path);
        var ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return name.lastIndexOf('.') > 0 && ending.matches("[a-z0-9]{1,10}") ? ending : "";
    }

    /// A file's name that is safe anywhere, with the words of this path's last name.
    static String file(String path, String ending) {
        var name = last(path);
        var stem = name.lastIndexOf('.') > 0 ? name.substring(0, name.lastIndexOf('.')) : name;
        var safe = stem.replaceAll("[^\\p{L}\\p{N} ._-]", "_").replaceAll("^\\.+", "_");
        var cut = safe.substring(0, Math.min(safe.length(), 60));
        return (cut.isBlank() ? "document" : cut) + (ending.isEmpty() ? "" : "." + ending);
    }
}
