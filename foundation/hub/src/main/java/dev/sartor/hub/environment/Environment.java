package dev.sartor.hub.environment;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The process's environment variables and system properties, as values that a test can make. Blank means absent.
public record Environment(Map<String, String> variables, Map<String, String> properties) {
    public Environment {
        variables = Map.copyOf(variables);
        properties = Map.copyOf(properties);
    }

    public static Environment ofThisProcess() {
        var properties = System.getProperties();
        var copy = new java.util.HashMap<String, String>();
        for (var name : properties.stringPropertyNames()) {
            copy.put(name, properties.getProperty(name));
        }
        return new Environment(System.getenv(), copy);
    }

    /// The property where it is set, else the variable.
    public Optional<String> setting(String property, String variable) {
        return property(property).or(() -> variable(variable));
    }

    public Optional<String> variable(String name) {
        return Optional.ofNullable(variables.get(name)).filter(v -> !v.isBlank());
    }

    Optional<String> property(String name) {
        return Optional.ofNullable(properties.get(name)).filter(v -> !v.isBlank());
    }

    boolean isOn(String property, String variable) {
        return setting(property, variable)
                .map(v -> v.strip().toLowerCase(Locale.ROOT))
                .filter(v -> !v.equals("0") && !v.equals("false") && !v.equals("no"))
                .isPresent();
    }

    public boolean isWindows() {
        return system().contains("windows");
    }

    public boolean isMac() {
        return system().contains("mac");
    }

    private String system() {
        return property("os.name").orElse("").toLowerCase(Locale.ROOT);
    }

    /// Empty where the system does not know one, as for a user without an entry in the password file.
    public Optional<Path> home() {
        return property("user.home").map(Path::of).filter(Path::isAbsolute);
    }

    /// `~` and `~/…` become the home folder; everything else stands.
    public Path expanded(String path) {
        if (path.equals("~") || path.startsWith("~/")) {
            var home = home();
            if (home.isPresent()) {
                return path.length() <= 2
                        ? home.orElseThrow()
                        : home.orElseThrow().resolve(path.substring(2));
            }
        }
        return Path.of(path);
    }

    /// Where the customary per-user caches of the XDG specification lie.
    public Optional<Path> xdgCache() {
        return variable("XDG_CACHE_HOME")
                .map(Path::of)
                .filter(Path::isAbsolute)
                .or(() -> home().map(h -> h.resolve(".cache")));
    }
}
