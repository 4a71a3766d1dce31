package dev.sartor.hub.environment;

import dev.sartor.core.SartorException;
import java.io.IOException;
import java.net.ProxySelector;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What the environment says about where models come from.
///
/// @param endpoint the Hugging Face hub or its mirror (HF_ENDPOINT), without a closing `/`
/// @param token for gated and private repositories; sent to the endpoint alone
/// @param offline nothing is fetched (SARTOR_OFFLINE or HF_HUB_OFFLINE)
/// @param pythons how to start a Python that may have pip, in the order of trying
public record Settings(
        URI endpoint,
        Optional<Secret> token,
        boolean offline,
        List<List<String>> pythons,
        ProxySelector proxies,
        Patience patience) {
    public static Settings of(Environment environment) {
        return new Settings(
                endpoint(environment.variable("HF_ENDPOINT").orElse("https://huggingface.co")),
                token(environment),
                environment.isOn("sartor.offline", "SARTOR_OFFLINE")
                        || environment.isOn("sartor.offline", "HF_HUB_OFFLINE"),
                pythons(environment),
                new EnvironmentProxies(environment),
                Patience.usual());
    }

    private static URI endpoint(String text) {
        try {
            var uri = URI.create(text.strip().replaceAll("/+$", ""));
            if (uri.getHost() != null
                    && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw badEndpoint(text);
        }
        throw badEndpoint(text);
    }

    private static SartorException badEndpoint(String text) {
        return SartorException.user(
                "HF_ENDPOINT must be an http or https address, got "
                        + text
                        + ": unset it to use the Hugging Face hub itself");
    }

    private static Optional<Secret> token(Environment environment) {
        return environment
                .variable("HF_TOKEN")
                .or(() -> environment.variable("HUGGING_FACE_HUB_TOKEN"))
                .or(() -> tokenFile(environment).flatMap(Settings::content))
                .map(String::strip)
                .filter(t -> !t.isEmpty())
                .map(Secret::new);
    }

    private static Optional<Path> tokenFile(Environment environment) {
        return environment
                .variable("HF_TOKEN_PATH")
                .map(environment::expanded)
                .or(() ->
                        environment
                                .variable("HF_HOME")
                                .map(environment::expanded)
                                .or(() -> environment.xdgCache().map(c -> c.resolve("huggingface")))
                                .map(h -> h.resolve("token")));
    }

    private static Optional<String> content(Path file) {
        try {
            return Files.isRegularFile(file)
                    ? Optional.of(Files.readString(file))
                    : Optional.empty();
        } catch (IOException e) {
            throw SartorException.missing(
                    "cannot read the hub's token in " + file + ": make it readable or set HF_TOKEN",
                    e);
        }
    }

    private static List<List<String>> pythons(Environment environment) {
        var named = environment.setting("sartor.python", "SARTOR_PYTHON");
        if (named.isPresent()) {
            var python = named.orElseThrow(); // started in another folder
            var isPath = python.indexOf('/') >= 0 || python.indexOf('\\') >= 0;
            return List.of(List.of(isPath ? Path.of(python).toAbsolutePath().toString() : python));
        }
        return environment.isWindows()
                ? List.of(List.of("py", "-3"), List.of("python"))
                : List.of(List.of("python3"), List.of("python"));
    }
}
