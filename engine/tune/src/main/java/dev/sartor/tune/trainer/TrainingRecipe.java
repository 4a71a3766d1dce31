package dev.sartor.tune.trainer;

import dev.sartor.core.Json;
import dev.sartor.core.file.Sha256;
import dev.sartor.tune.MaskedLmMasking;
import dev.sartor.tune.TuneMethod;
import dev.sartor.tune.TunePrivacy;
import dev.sartor.tune.TuneSettings;
import dev.sartor.tune.TuneWatch;
import dev.sartor.tune.checkpoint.FinishedTraining;
import dev.sartor.tune.memory.MemoryChoice;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// All that a training's result depends on, digested: a training goes on from a checkpoint of its own recipe alone.
///
/// What is digested is written here to the letter and not taken from names of classes and record components, so that
/// renaming one leaves no checkpoint behind. The texts must not be changed: each change makes checkpoints of before another
/// recipe's.
///
/// @param digest SHA-256 in hexadecimal
/// @param former the digest as it was made until November 2026, with names of classes in it
record TrainingRecipe(String digest, String former) {
    /// What is learned, as digests call it.
    enum Learned {
        CAUSAL_LM("causal_lm", "texts"),
        DPO("dpo", "preferences"),
        SEQ2SEQ("seq2seq", "pairs"),
        CLASSIFICATION("classification", "classes"),
        CROSS_ENCODER("cross_encoder", "relevance"),
        MASKED_LM("masked_lm", "words"),
        CONTRASTIVE("contrastive", "meanings");

        private final String text;
        private final String former;

        Learned(String text, String former) {
            this.text = text;
            this.former = former;
        }

        String text() {
            return text;
        }
    }

    /// What a training's rows are to teach.
    ///
    /// @param details that the objective depends on besides; empty for none
    record Aim(Learned learned, String details) {
        static Aim of(Learned learned) {
            return new Aim(learned, "");
        }

        String text() {
            return learned.text + details();
        }

        private String former() {
            return learned.former + details();
        }

        @Override
        public String details() {
            return details.isEmpty() ? "" : " " + details;
        }
    }

    /// @param model the name, size and precision of what is trained, one after the other
    /// @param rows what is learned of each row
    static TrainingRecipe of(
            TuneSettings settings, TuneWatch watch, Aim aim, String model, Stream<String> rows) {
        var set = text(settings);
        var method = settings.method();
        var now = begun(set + text(method) + text(watch) + aim.text() + model);
        var former = begun(set + former(method) + text(watch) + aim.former() + model);
        rows.forEach(row -> {
            var bytes = (row + "\n").getBytes(StandardCharsets.UTF_8);
            now.update(bytes);
            former.update(bytes);
        });
        return new TrainingRecipe(
                HexFormat.of().formatHex(now.digest()), HexFormat.of().formatHex(former.digest()));
    }

    /// What processes that train together must agree on, by name: each setting, what is learned, the model, and a digest of the rows.
    static Map<String, String> agreed(
            TuneSettings settings, Aim aim, String model, Stream<String> rows) {
        var schedule = settings.schedule();
        var passes = settings.passes();
        var tune =
                ordered(
                        "method", fields(settings.method()),
                        "learning_rate", schedule.learningRate(),
                        "schedule", schedule.shape(),
                        "warmup", schedule.warmup(),
                        "decay", schedule.decay(),
                        "epochs", settings.epochs(),
                        "batch", settings.batch(),
                        "micro_batch_tokens", passes.microBatchTokens(),
                        "gradient_checkpointing", passes.gradientCheckpointing(),
                        "optimiser", settings.optimiser(),
                        "weight_decay", settings.weightDecay(),
                        "max_grad_norm", settings.maxGradNorm(),
                        "max_tokens", settings.maxTokens(),
                        "seed", settings.seed());
        var agreed = new LinkedHashMap<String, String>();
        tune.forEach((name, value) -> agreed.put("tune." + name, Json.line(value)));
        agreed.put("objective", aim.text());
        agreed.put("model", model);
        var digest = Sha256.digest();
        rows.forEach(row -> digest.update((row + "\n").getBytes(StandardCharsets.UTF_8)));
        agreed.put("training rows (SHA-256)", HexFormat.of().formatHex(digest.digest()));
        return agreed;
    }

    private static MessageDigest begun(String about) {
        var digest = Sha256.digest();
        digest.update(about.getBytes(StandardCharsets.UTF_8));
        return digest;
    }

    /// The digest that a training in the folder goes by: its former one where it began with that.
    String in(Path folder) {
        var noted =
                Stream.of(MemoryChoice.recipe(folder), FinishedTraining.recipe(folder))
                        .flatMap(Optional::stream)
                        .findFirst();
        return noted.filter(former::equals).orElse(digest);
    }

    static String masking(MaskedLmMasking masking) {
        var text = new LinkedHashMap<String, Object>();
        text.put("mask", masking.mask());
        text.put("vocabulary", masking.vocabulary());
        text.put("special", masking.special().stream().sorted().toList());
        return Json.line(text);
    }

    private static String text(TuneMethod method) {
        return switch (method) {
            case TuneMethod.Lora _ -> "lora";
            case TuneMethod.Full _ -> "full";
        };
    }

    private static String former(TuneMethod method) {
        return switch (method) {
            case TuneMethod.Lora _ -> "Lora";
            case TuneMethod.Full _ -> "Full";
        };
    }

    static String text(TuneSettings settings) {
        var schedule = settings.schedule();
        var passes = settings.passes();
        var text = new LinkedHashMap<String, Object>();
        text.put("method", fields(settings.method()));
        text.put(
                "schedule",
                ordered(
                        "shape", schedule.shape().name(),
                        "learningRate", schedule.learningRate(),
                        "warmup", schedule.warmup(),
                        "decay", schedule.decay()));
        text.put("epochs", settings.epochs());
        text.put("batch", settings.batch());
        text.put(
                "passes",
                ordered(
                        "tokensAtOnce", passes.microBatchTokens(),
                        "keepInputsOnly", passes.gradientCheckpointing(),
                        "divides", passes.divides(),
                        "recomputes", passes.recomputes()));
        text.put("optimiser", settings.optimiser().name());
        text.put("weightDecay", settings.weightDecay());
        text.put("maxNorm", settings.maxGradNorm());
        text.put("maxTokens", settings.maxTokens());
        text.put("seed", settings.seed());
        // Absent as before there was privacy.
        settings.privacy().ifPresent(privacy -> text.put("privacy", fields(privacy)));
        return Json.line(text);
    }

    private static Map<String, Object> fields(TuneMethod method) {
        return switch (method) {
            case TuneMethod.Lora(var rank, var alpha, var stabilised, var magnitudes, var where) ->
                    ordered(
                            "rank", rank,
                            "alpha", alpha,
                            "stabilised", stabilised,
                            "magnitudes", magnitudes,
                            "where",
                                    ordered(
                                            "modules", where.modules(),
                                            "layers", where.layers(),
                                            "whole", where.whole()));
            case TuneMethod.Full(var parts) -> ordered("parts", parts);
        };
    }

    private static Map<String, Object> fields(TunePrivacy privacy) {
        var fields =
                switch (privacy.noise()) {
                    case TunePrivacy.Noise.Within(var epsilon) -> ordered("epsilon", epsilon);
                    case TunePrivacy.Noise.Multiplier(var noise) ->
                            ordered("noiseMultiplier", noise);
                };
        privacy.delta().ifPresent(delta -> fields.put("delta", delta));
        fields.put("clip", privacy.clip());
        return fields;
    }

    static String text(TuneWatch watch) {
        return Json.line(
                ordered(
                        "checkEvery", watch.evalSteps(),
                        "patience", watch.earlyStoppingPatience(),
                        "saveEvery", watch.saveSteps(),
                        "mostForgotten", watch.maxForgetting()));
    }

    /// @param namesAndValues in turn
    private static Map<String, Object> ordered(Object... namesAndValues) {
        var map = new LinkedHashMap<String, Object>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put(Objects.requireNonNull(namesAndValues[i]).toString(), namesAndValues[i + 1]);
        }
        return map;
    }
}
