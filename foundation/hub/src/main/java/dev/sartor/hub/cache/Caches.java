package dev.sartor.hub.cache;

import dev.sartor.core.SartorException;
import dev.sartor.hub.environment.Environment;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The one folder for everything that Sartor keeps outside a project: models, unpacked native libraries, AOT caches,
/// temporary files. It lies where the system's caches customarily lie (`~/.cache/sartor`; `~/Library/Caches/sartor` on
/// macOS; `%LOCALAPPDATA%\sartor\cache` on Windows) unless the environment variable SARTOR_CACHE or the system
/// property sartor.cache names another. Each folder is made and tried when it is first asked for. Thread-safe.
public final class Caches {
    private final Path root;
    private final FolderTrial trial;
    private final Map<String, Path> tried = new ConcurrentHashMap<>();

    private Caches(Path root, FolderTrial trial) {
        this.root = root.toAbsolutePath().normalize();
        this.trial = trial;
    }

    /// Where this process's environment puts it.
    public static Caches standard() {
        return of(Environment.ofThisProcess());
    }

    public static Caches at(Path root) {
        return new Caches(root, FolderTrial.real());
    }

    static Caches at(Path root, FolderTrial trial) {
        return new Caches(root, trial);
    }

    static Caches of(Environment environment) {
        var named = environment.setting("sartor.cache", "SARTOR_CACHE");
        if (named.isPresent()) {
            return at(environment.expanded(named.orElseThrow()));
        }
        return at(
                customary(environment)
                        .orElseThrow(() ->
                                SartorException.missing(
                                        "this user has no home folder to keep models and"
                                                + " temporary files in: set SARTOR_CACHE to"
                                                + " a folder that may be written")));
    }

    private static Optional<Path> customary(Environment environment) {
        if (environment.isWindows()) {
            return environment
                    .variable("LOCALAPPDATA")
                    .map(Path::of)
                    .or(() -> environment.home().map(h -> h.resolve("AppData").resolve("Local")))
                    .map(p -> p.resolve("sartor").resolve("cache"));
        }
        if (environment.isMac()) {
            return environment.home().map(h -> h.resolve("Library/Caches/sartor"));
        }
        return environment.xdgCache().map(c -> c.resolve("sartor"));
    }

    /// Not yet made or tried.
    public Path root() {
        return root;
    }

    /// Model files; written.
    public Path models() {
        return written("models");
    }

    /// Native libraries that JavaCPP unpacks (`org.bytedeco.javacpp.cachedir`); written and executed.
    public Path javacpp() {
        return executed("javacpp");
    }

    /// The JVM's ahead-of-time caches; written.
    public Path aot() {
        return written("aot");
    }

    /// Temporary files (`java.io.tmpdir`), native libraries among them; written and executed.
    public Path temporary() {
        return executed("tmp");
    }

    /// What was agreed to; written.
    public Path licences() {
        return written("licences");
    }

    private Path written(String name) {
        return tried.computeIfAbsent(
                name,
                n -> {
                    var folder = root.resolve(n);
                    trial.write(folder);
                    return folder;
                });
    }

    private Path executed(String name) {
        return tried.computeIfAbsent(
                name,
                n -> {
                    var folder = root.resolve(n);
                    trial.write(folder);
                    trial.execute(folder);
                    return folder;
                });
    }
}
