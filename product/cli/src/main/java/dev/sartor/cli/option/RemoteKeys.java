package dev.sartor.cli.option;

import dev.sartor.cli.console.Console;
import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.core.file.Sha256;
import dev.sartor.project.Project;
import dev.sartor.project.setting.Remote;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The keys of a project's remote models. A project file may be a stranger's, and names both a variable and where its value
/// goes: each such pair is asked about once for a project's folder, and the answer kept in the cache, outside the project.
final class RemoteKeys {
    /// The user's own list of pairs that need no question, for where nobody can be asked.
    static final String ALLOWED = "SARTOR_ALLOWED_KEYS";

    private final Project project;
    private final Path folder;
    private final Console console;
    private final Path consents;
    private final Map<String, String> variables;

    RemoteKeys(
            Project project, Path folder, Composition composition, Map<String, String> variables) {
        this.project = project;
        this.folder = folder;
        this.console = composition.console();
        this.consents = composition.surroundings().cache().resolve("keys");
        this.variables = variables;
    }

    /// What is kept of a yes.
    record Consent(String project, String variable, String origin, String at) {}

    /// The variable's value; empty where it is not set.
    ///
    /// @throws SartorException a user's error where its value may not be sent to a remote model that names it
    Optional<String> value(String name) {
        var value = Optional.ofNullable(variables.get(name)).filter(text -> !text.isBlank());
        if (value.isPresent()) {
            project.remotes().stream()
                    .filter(remote -> remote.apiKeyEnv().filter(name::equals).isPresent())
                    .forEach(remote -> require(name, remote));
        }
        return value;
    }

    private void require(String name, Remote remote) {
        var pair = name + "=" + remote.origin();
        var place = real(folder);
        var file = consents.resolve(Sha256.of(place + "\n" + pair) + ".json");
        if (allowed().contains(pair) || Files.exists(file)) {
            return;
        }
        console.say(
                String.format(
                        Locale.ROOT,
                        "The project in %s asks to send the value of your environment variable %s to %s (remotes '%s').",
                        place,
                        name,
                        remote.origin(),
                        remote.name()));
        var answer =
                console.ask("Is it the key for that address, and may it be sent? [yes/no]")
                        .map(said -> said.toLowerCase(Locale.ROOT));
        if (answer.isEmpty()) {
            throw SartorException.user(
                    String.format(
                            Locale.ROOT,
                            "sending %s to %s was not allowed yet, and nobody can be asked here: run the command once at a terminal and answer yes, or set the environment variable %s=%s.",
                            name,
                            remote.origin(),
                            ALLOWED,
                            pair));
        }
        if (!answer.get().equals("yes")) {
            throw SartorException.user(
                    String.format(
                            Locale.ROOT,
                            "%s was not sent to %s, as it was not allowed: correct api_key_env or url of remotes '%s' in sartor.yaml.",
                            name,
                            remote.origin(),
                            remote.name()));
        }
        var at = Clock.systemUTC().instant().toString();
        AtomicFile.write(
                file, Json.pretty(new Consent(place.toString(), name, remote.origin(), at)) + "\n");
    }

    private List<String> allowed() {
        return Stream.of(variables.getOrDefault(ALLOWED, "").split(",", -1))
                .map(String::strip)
                .toList();
    }

    private static Path real(Path folder) {
        try {
            return folder.toRealPath();
        } catch (IOException e) {
            return folder.toAbsolutePath().normalize();
        }
    }
}
