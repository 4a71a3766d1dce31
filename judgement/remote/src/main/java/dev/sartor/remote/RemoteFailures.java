package dev.sartor.remote;

import dev.sartor.core.SartorException;
import dev.sartor.project.setting.Remote;
import java.util.Optional;

/// What went wrong with a remote model, in words that name the setting. The key never stands in them.
final class RemoteFailures {
    private static final int SHOWN = 200;

    private final Remote remote;
    private final Optional<String> key;

    RemoteFailures(Remote remote, Optional<String> key) {
        this.remote = remote;
        this.key = key;
    }

    /// A status that asking again would not change.
    SartorException refused(int status, String body) {
        return switch (status) {
            case 401, 403 ->
                    RemoteFailure.user(head() + " answered " + status + ": " + keyAdvice());
            case 404 ->
                    RemoteFailure.user(
                            head()
                                    + " answered 404: there is no model '"
                                    + remote.model()
                                    + "' at that address. Correct url or model of remotes '"
                                    + remote.name()
                                    + "' in sartor.yaml.");
            default ->
                    RemoteFailure.user(
                            head() + " answered " + status + " and said: " + shown(body));
        };
    }

    SartorException exhausted(String last, int attempts) {
        return RemoteFailure.missing(
                head()
                        + " "
                        + last
                        + ", "
                        + attempts
                        + (attempts == 1 ? " time." : " times in a row.")
                        + " Run the same command again later: finished candidates are kept. Raise"
                        + " timeout or retries of remotes '"
                        + remote.name()
                        + "' in sartor.yaml if it is slow or busy.");
    }

    SartorException nonsense(String body) {
        return RemoteFailure.missing(
                head()
                        + " answered something that is not a chat completion: "
                        + shown(body)
                        + ". Check that url names an OpenAI-compatible API.");
    }

    SartorException broken(String how) {
        return RemoteFailure.missing(head() + " " + how + ". Run the same command again.");
    }

    SartorException withoutUsage() {
        return RemoteFailure.missing(
                head()
                        + " does not say how many tokens it used, so its answers cannot be priced. Set its"
                        + " prices in sartor.yaml to 0 to measure it without costs.");
    }

    private String keyAdvice() {
        return remote.apiKeyEnv()
                .map(env ->
                        "it did not accept the key in "
                                + env
                                + ". Set that environment variable to a valid key, or correct"
                                + " api_key_env of remotes '"
                                + remote.name()
                                + "' in sartor.yaml.")
                .orElse(
                        "it wants a key. Put the key into an environment variable and name that"
                                + " variable in api_key_env of remotes '"
                                + remote.name()
                                + "' in sartor.yaml.");
    }

    private String head() {
        return "the remote model '" + remote.name() + "' (" + remote.url() + ")";
    }

    /// The first 200 characters, on one line, without the key should the server repeat it.
    private String shown(String body) {
        var line = body.strip().replaceAll("\\s+", " ");
        var safe =
                key.filter(each -> !each.isBlank())
                        .map(each -> line.replace(each, "***"))
                        .orElse(line);
        if (safe.isEmpty()) {
            return "nothing";
        }
        return safe.length() <= SHOWN ? "'" + safe + "'" : "'" + safe.substring(0, SHOWN) + "…'";
    }
}
