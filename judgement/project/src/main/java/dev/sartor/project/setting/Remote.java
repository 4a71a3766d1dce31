package dev.sartor.project.setting;

import dev.sartor.project.yaml.Setting;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// A model behind an OpenAI-compatible API.
public record Remote(
        @Setting(
                        means = "What the model is called here, in the report and in `runs/`.",
                        example = "large",
                        pattern = "[a-z0-9][a-z0-9.-]{0,39}",
                        rule = "lower-case letters, digits, dots and hyphens")
                String name,
        @Setting(
                        means =
                                "The API's address up to and without /chat/completions; https where `api_key_env` is"
                                        + " given, unless it is this machine's.",
                        example = "https://llm.example.org/v1",
                        pattern = "https?://[^\\s]+",
                        rule = "an http or https address",
                        advice = "It usually ends in /v1.")
                String url,
        @Setting(means = "The model's name there.", example = "large-1") String model,
        @Setting(
                        means =
                                "The environment variable that holds the key; the key itself never stands in a file."
                                        + " Before it is first sent to an address you are asked, once for each project."
                                        + " Leave it out for an API without keys.",
                        example = "LARGE_API_KEY",
                        pattern = "[A-Za-z_][A-Za-z0-9_]*",
                        rule = "the name of an environment variable",
                        secret = true,
                        advice = "Put the key into the variable, and the variable's name here.")
                Optional<String> apiKeyEnv,
        @Setting(
                        means = "The price of a million prompt tokens, in the currency of `costs`.",
                        fallback = "0",
                        example = "0.5",
                        least = 0)
                double pricePerMillionPromptTokens,
        @Setting(
                        means = "The price of a million tokens of answers.",
                        fallback = "0",
                        example = "1.5",
                        least = 0)
                double pricePerMillionCompletionTokens,
        @Setting(
                        means =
                                "How long to wait for one answer, in seconds, before trying again. Slow models need"
                                        + " more.",
                        fallback = "60",
                        example = "60",
                        least = 0,
                        above = true,
                        most = 3600)
                double timeout,
        @Setting(
                        means =
                                "How often a busy or failing API is asked again, waiting longer each time.",
                        fallback = "4",
                        example = "4",
                        least = 0,
                        most = 20)
                int retries,
        @Setting(
                        means =
                                "How many questions are under way at once. More is faster until the API says 429.",
                        fallback = "4",
                        example = "4",
                        least = 1,
                        most = 256)
                int parallel,
        @Setting(
                        means =
                                "What may be sent there. public: the asker's own words, and the documents and examples that everyone may"
                                        + " read; others are withheld, and how many is said. all: whatever the asker may read. none: nothing, so"
                                        + " that the model is not asked.",
                        fallback = "public",
                        example = "public")
                Egress egress) {
    /// What may be sent to a remote model.
    public enum Egress {
        /// Nothing: it is named, and not asked.
        NONE,
        /// The asker's own words, and what everyone may read.
        PUBLIC,
        /// Whatever the asker may read.
        ALL
    }

    private static final Pattern LOOPBACK =
            Pattern.compile("(localhost|[^:]+\\.localhost|127\\.[0-9.]+|\\[::1])(:[0-9]*)?");

    /// Where the key goes: the address's scheme, host and port.
    public String origin() {
        var parts = url.split("/", 4); // https: / / host / path
        return (parts[0] + "//" + authority(parts)).toLowerCase(Locale.ROOT);
    }

    private static String authority(String[] parts) {
        var end = parts[2].split("[?#\\\\]", 2)[0];
        return end.substring(end.lastIndexOf('@') + 1);
    }

    /// Whether others on the network could read the key.
    public boolean sendsKeyInTheClear() {
        return apiKeyEnv.isPresent()
                && origin().startsWith("http:")
                && !LOOPBACK.matcher(origin().substring("http://".length())).matches();
    }
}
