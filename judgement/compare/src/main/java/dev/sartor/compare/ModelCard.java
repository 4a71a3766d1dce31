package dev.sartor.compare;

import dev.sartor.compare.approach.TunedAdapter;
import dev.sartor.compare.run.AdapterRecipe;
import dev.sartor.compare.run.RunJson;
import dev.sartor.core.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;

/// What stands beside a model or an adapter that is passed on: README.md with the YAML header that the Hugging Face hub reads.
/// What nobody recorded is said to be unknown.
///
/// @param base the model that everything was made from, as it was asked for
/// @param licence of the base: an SPDX identifier in lower case; `own` for files that the user brought
/// @param library `transformers` or `peft`
/// @param command that makes it again
public record ModelCard(
        String name,
        String base,
        String licence,
        String library,
        List<Part> parts,
        String command) {
    public ModelCard {
        parts = List.copyOf(parts);
    }

    /// An adapter that went in.
    ///
    /// @param factor what its change was multiplied by
    /// @param isWhole whether it is no adapter but the whole model, trained
    /// @param recipe how it was trained; empty where its folder does not say
    public record Part(
            String name,
            double factor,
            boolean isWhole,
            Optional<AdapterRecipe> recipe,
            Optional<TunedAdapter> tuned) {
        /// @param folder a PEFT directory, one of Sartor's or another
        public static Part read(Path folder, double factor) {
            var training = folder.resolve(Adapters.TRAINING);
            var recipe = AdapterRecipe.read(folder);
            return new Part(
                    Optional.ofNullable(folder.toAbsolutePath().normalize().getFileName())
                            .map(Path::toString)
                            .orElse("adapter"),
                    factor,
                    ModelCard.isWhole(folder),
                    recipe,
                    recipe.isPresent() && Files.isRegularFile(training)
                            ? Optional.of(RunJson.read(training, TunedAdapter.class))
                            : Optional.empty());
        }
    }

    private static boolean isWhole(Path folder) {
        return Files.isRegularFile(folder.resolve("config.json"))
                && !Files.isRegularFile(folder.resolve("adapter_config.json"));
    }

    /// What loads the result of a training.
    static String library(Path folder) {
        if (!isWhole(folder)) {
            return "peft";
        }
        return Files.isRegularFile(folder.resolve("modules.json"))
                ? "sentence-transformers"
                : "transformers";
    }

    public String markdown() {
        var text = new StringBuilder(header());
        text.append("\n# ")
                .append(name)
                .append("\n\nMade by Sartor from `")
                .append(base)
                .append("`");
        text.append(parts.isEmpty() ? "" : plural()).append(".\n");
        text.append("\nLicence of the base: ").append(licenceText()).append(".\n");
        parts.forEach(part -> text.append(section(part)));
        text.append("\n## How to repeat it\n\n```\n");
        parts.stream()
                .filter(part -> part.recipe().isPresent())
                .forEach(part ->
                        text.append("sartor runs repeat ")
                                .append(part.name())
                                .append(
                                        "    # in the project's folder: trains it again and compares the bytes\n"));
        return text.append(command).append("\n```\n").toString();
    }

    private String plural() {
        if (parts.stream().allMatch(Part::isWhole)) {
            return ", whose weights were trained";
        }
        return parts.size() == 1 ? " and an adapter" : " and " + parts.size() + " adapters";
    }

    private String licenceText() {
        return licence.equals("own")
                ? "unknown here, since its files were brought by the user"
                : licence;
    }

    private String header() {
        var lines = new StringBuilder("---\nlicense: ");
        lines.append(licence.equals("own") ? "other" : licence);
        lines.append("\nbase_model: ").append(Json.line(base));
        lines.append("\nlibrary_name: ").append(library);
        lines.append("\ntags:\n- sartor\n");
        if (!parts.stream().allMatch(Part::isWhole)) {
            lines.append("- lora\n");
        }
        var measured =
                parts.stream()
                        .filter(part -> part.recipe().isPresent())
                        .filter(part -> part.tuned().map(ModelCard::isMeasured).orElse(false))
                        .toList();
        if (!measured.isEmpty()) {
            lines.append("model-index:\n- name: ").append(Json.line(name)).append("\n  results:\n");
            measured.forEach(part -> lines.append(result(part)));
        }
        return lines.append("---\n").toString();
    }

    private static String result(Part part) {
        var recipe = part.recipe().orElseThrow();
        return String.format(
                Locale.ROOT,
                """
                  - task:
                      type: text-generation
                      name: %s
                    dataset:
                      name: %s
                      type: private
                      split: validation
                    metrics:
                    - type: %s
                      value: %s
                """,
                Json.line(recipe.task()),
                Json.line("validation file " + fingerprint(recipe, "validation")),
                Json.line(recipe.metric()),
                kept(part.tuned().orElseThrow()));
    }

    private static String fingerprint(AdapterRecipe recipe, String role) {
        return Optional.ofNullable(recipe.digests().get(role)).orElse("unknown");
    }

    private static boolean isMeasured(TunedAdapter tuned) {
        return tuned.validation().containsKey(tuned.keptEpoch());
    }

    private static String kept(TunedAdapter tuned) {
        return Optional.ofNullable(tuned.validation().get(tuned.keptEpoch()))
                .map(value -> String.format(Locale.ROOT, "%.4f", value))
                .orElse("unknown");
    }

    private static String keptWithEpoch(TunedAdapter tuned) {
        return kept(tuned)
                + String.format(Locale.ROOT, ", epoch %.4g", tuned.keptEpoch())
                        .replaceFirst("\\.?0+$", "");
    }

    private static String section(Part part) {
        var text =
                new StringBuilder(part.isWhole() ? "\n## Training " : "\n## Adapter ")
                        .append(part.name())
                        .append("\n\n");
        if (part.factor() != 1) {
            text.append("Its change to the model is multiplied by ")
                    .append(part.factor())
                    .append(".\n\n");
        }
        if (part.recipe().isEmpty()) {
            return text.append(
                            "How it was trained, on which data and how well it does is not recorded in its folder.\n")
                    .toString();
        }
        var recipe = part.recipe().get();
        text.append("| | |\n|---|---|\n");
        row(text, "task", recipe.task());
        row(text, "trained on", "`" + recipe.model() + "`");
        part.tuned()
                .ifPresent(tuned -> {
                    if (isMeasured(tuned)) {
                        row(text, recipe.metric() + " on validation", keptWithEpoch(tuned));
                    }
                    row(text, "parameters", String.valueOf(tuned.parameters()));
                    tuned.privacy()
                            .ifPresent(
                                    record -> row(text, "differential privacy", record.promise()));
                    row(
                            text,
                            "seconds of training",
                            String.format(Locale.ROOT, "%.0f", tuned.seconds()));
                });
        row(text, "seed", String.valueOf(recipe.seed()));
        new TreeMap<>(recipe.digests())
                .forEach((role, digest) -> row(text, "SHA-256 of " + role, "`" + digest + "`"));
        new TreeMap<>(recipe.settings())
                .forEach((key, value) -> row(text, key, String.valueOf(value)));
        row(text, "made by", "Sartor " + recipe.version());
        row(
                text,
                "licence of the data",
                recipe.licence().orElse("not recorded: add it before you pass this on"));
        return text.toString();
    }

    private static void row(StringBuilder text, String key, String value) {
        text.append("| ")
                .append(key)
                .append(" | ")
                .append(value.replace("|", "\\|").replace("\n", " "))
                .append(" |\n");
    }
}
