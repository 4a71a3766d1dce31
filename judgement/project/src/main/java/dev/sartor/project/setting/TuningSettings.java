package dev.sartor.project.setting;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.sartor.core.SartorException;
import dev.sartor.core.file.Sha256;
import dev.sartor.model.Precision;
import dev.sartor.model.file.Networks;
import dev.sartor.project.yaml.Setting;
import dev.sartor.tune.TooLong;
import dev.sartor.tune.TuneOptimiser;
import dev.sartor.tune.TuneSchedule;
import dev.sartor.tune.TuneSettings;
import dev.sartor.tune.TuneWatch;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How a model is trained. In YAML and in JSON the keys of all its parts stand beside each other.
public record TuningSettings(
        @Setting(
                        means =
                                "What is trained. lora: an adapter beside the model's weights, which stay as they are; it is"
                                        + " small, needs little memory and forgets little. full: the weights themselves; it"
                                        + " can learn more, takes several times the memory and writes a whole model. By"
                                        + " default lora, but full for encoders, which are small.",
                        example = "lora")
                Optional<TuningMethod> method,
        @JsonUnwrapped Lora lora,
        @Setting(
                        means =
                                "With 'method: full': what the names of the trained weights begin with. The rest stays as it"
                                        + " is, takes no memory for training and is forgotten less. By default all.",
                        fallback = "[]",
                        example = "[model.layers.29.]")
                List<String> parts,
        @Setting(
                        means =
                                "How the model's weights are held while it is trained. An adapter can be trained on int8 or"
                                        + " int4 (QLoRA), which take a half or a third of the memory of bf16 and make each"
                                        + " step slower; f32 takes twice as much and is exact.",
                        fallback = "bf16",
                        example = "bf16")
                Precision weights,
        @JsonUnwrapped Steps steps,
        @JsonUnwrapped Rows rows,
        @JsonUnwrapped Watch watch,
        @Setting(
                        means = "The training's own seed; the project's where it is not given.",
                        example = "7",
                        least = 0)
                Optional<Long> seed,
        @JsonInclude(JsonInclude.Include.NON_ABSENT)
                @Setting(
                        means =
                                "Searches for settings of this section: many are tried for a while, the best go on, and the"
                                        + " task is tuned with those that score best on validation. Without it, the settings"
                                        + " that stand here are trained.",
                        example = "{trials: 16, budget: 4, space: {rank: [8, 16, 32]}}")
                Optional<SearchSettings> search,
        @JsonInclude(JsonInclude.Include.NON_ABSENT)
                @Setting(
                        means =
                                "Trains under differential privacy (DP-SGD): each example's gradient is clipped, and noise is"
                                        + " added to each step, so that what comes out tells next to nothing of a single example."
                                        + " It scores lower, and takes longer.",
                        example = "{epsilon: 8, clip: 1}")
                Optional<PrivacySettings> privacy) {
    public TuningSettings {
        parts = List.copyOf(parts);
    }

    /// As the tuning room takes them.
    ///
    /// @param kind the model's
    /// @param projectSeed where the settings have none of their own
    public TuneSettings recipe(Networks.Kind kind, long projectSeed) {
        return TuningRecipe.of(this, kind, projectSeed);
    }

    /// Whether the model's own weights are trained.
    public boolean isFull(Networks.Kind kind) {
        return method.map(each -> each == TuningMethod.FULL).orElse(kind == Networks.Kind.ENCODER);
    }

    /// How the weights are held.
    ///
    /// @throws SartorException a user's error where they cannot be rounded
    public Precision heldFor(Networks.Kind kind) {
        if (weights.isQuantised() && (isFull(kind) || kind != Networks.Kind.DECODER)) {
            throw SartorException.user(
                    "tune.weights must be bf16 or f32 "
                            + (isFull(kind)
                                    ? "where the weights themselves are trained"
                                    : "for models that do not go on with a text (decoders)")
                            + ", got "
                            + weights.word()
                            + ": an adapter of a decoder alone can be trained on rounded weights (method: lora).");
        }
        return weights;
    }

    /// The same with other settings of the watch.
    public TuningSettings with(Watch other) {
        return new TuningSettings(
                method, lora, parts, weights, steps, rows, other, seed, search, privacy);
    }

    /// As a section `tune` without any key.
    public static TuningSettings usual() {
        return YamlBinder.usual(TuningSettings.class);
    }

    /// The same without a search for settings.
    public TuningSettings withoutSearch() {
        return new TuningSettings(
                method, lora, parts, weights, steps, rows, watch, seed, Optional.empty(), privacy);
    }

    /// The same, with the probe named by what it holds: where it lies does not matter. How they were searched for does
    /// not either.
    public TuningSettings byContent() {
        return with(watch.byContent()).withoutSearch();
    }

    /// With what a search found, which is at its end then.
    ///
    /// @param found values by their keys
    public TuningSettings with(Map<String, String> found) {
        var yaml = new StringBuilder("{search: null");
        found.forEach((key, value) -> yaml.append(", ").append(key).append(": ").append(value));
        return YamlBinder.changed(this, TuningSettings.class, yaml + "}");
    }

    /// How the adapter (LoRA) is made.
    public record Lora(
            @Setting(
                            means =
                                    "The width of the adapter. Larger ones can learn more, take more memory and forget"
                                            + " more of what the model knew.",
                            fallback = "16",
                            example = "16",
                            least = 1,
                            most = 2048,
                            advice = "16 suits most tasks.")
                    int rank,
            @Setting(
                            means =
                                    "How strongly the adapter counts: its weights are scaled by alpha / rank. Twice the"
                                            + " rank is the usual choice.",
                            fallback = "32",
                            example = "32",
                            least = 0,
                            above = true,
                            advice = "Twice the rank is the usual choice.")
                    double alpha,
            @Setting(
                            means =
                                    "Whether the adapter is scaled by alpha / √rank instead (rsLoRA), which keeps ranks above"
                                            + " 32 from learning ever more slowly. Use a smaller alpha with it.",
                            fallback = "false",
                            example = "false")
                    boolean rslora,
            @Setting(
                            means =
                                    "Whether each output's magnitude is trained apart from its direction (DoRA). It can do"
                                            + " better at small ranks, and each step takes longer.",
                            fallback = "false",
                            example = "false")
                    boolean dora,
            @Setting(
                            means =
                                    "The layers that the adapter changes, by the names that their paths end with. Fewer are"
                                            + " faster and learn less. By default every linear layer but the output's.",
                            fallback = "[]",
                            example = "[q_proj, v_proj]")
                    List<String> targetModules,
            @Setting(
                            means =
                                    "The only blocks that the adapter changes, by their numbers from 0. Below the lowest of"
                                            + " them nothing is computed backwards, so the last few alone are much faster and"
                                            + " learn less. By default all.",
                            fallback = "[]",
                            example = "[28, 29]",
                            least = 0)
                    List<Integer> layersToTransform,
            @Setting(
                            means =
                                    "Modules that the adapter holds whole, trained as they are (PEFT's modules_to_save), such as"
                                            + " the output layer. They make the adapter as large as they are.",
                            fallback = "[]",
                            example = "[lm_head]")
                    List<String> modulesToSave) {
        public Lora {
            targetModules = List.copyOf(targetModules);
            layersToTransform = List.copyOf(layersToTransform);
            modulesToSave = List.copyOf(modulesToSave);
        }
    }

    /// How the steps of a training go.
    public record Steps(
            @Setting(
                            means =
                                    "The size of a step at its highest, after the warm-up. Too large and the loss jumps;"
                                            + " too small and nothing is learned in the epochs given. By default 1e-3 for an"
                                            + " adapter; for whole weights 5e-5, and 3e-4 for models that read a text and say"
                                            + " another.",
                            example = "1e-3",
                            least = 0,
                            most = 0.99,
                            above = true,
                            advice =
                                    "2e-4 to 2e-3 suit adapters; larger models want smaller steps.")
                    Optional<Double> learningRate,
            @Setting(
                            means =
                                    "How the step size goes after the warm-up. cosine and linear fall to zero over the whole"
                                            + " training; constant stays, for a training whose end is open; warmup-stable-decay"
                                            + " stays and falls at the end alone.",
                            fallback = "cosine",
                            example = "cosine")
                    TuneSchedule.Shape schedule,
            @Setting(
                            means =
                                    "With 'schedule: warmup-stable-decay': the share of the steps in which the step size falls"
                                            + " at the end.",
                            fallback = "0.2",
                            example = "0.2",
                            least = 0,
                            most = 1,
                            advice = "0.1 to 0.2 is usual.")
                    double decay,
            @Setting(
                            means =
                                    "How often every training example is seen. The epoch that scores best on validation is"
                                            + " kept, so too many cost time only.",
                            fallback = "3",
                            example = "3",
                            least = 1,
                            most = 1000,
                            advice = "3 to 6 suit a few hundred examples.")
                    int epochs,
            @Setting(
                            means =
                                    "How many examples make one step. Larger batches are smoother and need more memory.",
                            fallback = "16",
                            example = "16",
                            least = 1,
                            most = 4096,
                            advice = "8 to 32 suit a few hundred examples.")
                    int batch,
            @Setting(
                            means =
                                    "The most tokens that are computed at once. A step with more is computed in parts whose"
                                            + " sum is exactly the step; smaller parts take less memory and a little longer."
                                            + " By default 16384, or less where the machine's memory asks for it.",
                            example = "4096",
                            least = 1,
                            most = 1048576,
                            advice = "4096 suits small machines.")
                    Optional<Integer> microBatchTokens,
            @Setting(
                            means =
                                    "Whether only each block's input is kept on the way forward and the rest computed again on"
                                            + " the way back: a third more work for a fraction of the memory. By default only"
                                            + " where the machine's memory asks for it.",
                            example = "true")
                    Optional<Boolean> gradientCheckpointing,
            @Setting(
                            means =
                                    "The share of the steps in which the learning rate climbs to its highest.",
                            fallback = "0.1",
                            example = "0.1",
                            least = 0,
                            most = 0.99,
                            advice = "0.03 to 0.1 is usual.")
                    double warmup,
            @Setting(
                            means =
                                    "What takes the steps. adamw remembers two numbers of 32 bits for each trained weight;"
                                            + " adamw-8bit holds them in 8 bits, which takes a quarter of that memory"
                                            + " and changes the result a little. It pays with"
                                            + " 'method: full'.",
                            fallback = "adamw",
                            example = "adamw-8bit")
                    TuneOptimiser optimiser,
            @Setting(
                            means =
                                    "How strongly weights are pulled to zero (AdamW), against overfitting.",
                            fallback = "0",
                            example = "0.01",
                            least = 0,
                            most = 1,
                            advice = "0 to 0.1 is usual.")
                    double weightDecay,
            @Setting(
                            means =
                                    "Gradients longer than this are shortened to it, so that one odd batch does not throw"
                                            + " the training off.",
                            fallback = "1",
                            example = "1",
                            least = 0,
                            above = true,
                            advice = "1 is usual.")
                    double maxGradNorm) {}

    /// What of each training example is learned.
    public record Rows(
            @Setting(
                            means =
                                    "The longest training example, in the model's tokens; too_long says what becomes of"
                                            + " longer ones. Memory grows with it.",
                            fallback = "1024",
                            example = "1024",
                            least = 8,
                            most = 131072,
                            advice = "512 suits short messages.")
                    int maxTokens,
            @Setting(
                            means =
                                    "What is done with longer training examples: 'drop' leaves them out and counts them;"
                                            + " 'split' makes several of each, cut from its end on, so that the answer's end"
                                            + " stays whole. Refused where there are some and it is not given.",
                            example = "drop")
                    Optional<TooLong> tooLong,
            @Setting(
                            means =
                                    "Of conversations with several answers: whether all of the assistant's turns are learned,"
                                            + " or the last alone. All of them learn more from the same rows; the last is right"
                                            + " where earlier answers are not as they should be.",
                            fallback = "all_turns",
                            example = "all_turns")
                    LossOn lossOn) {}

    /// When a training is measured, saved and ended, and what it may lose.
    public record Watch(
            @Setting(
                            means =
                                    "Steps between measurements on validation, besides the one after each epoch. 0 for that"
                                            + " one alone; more cost time and find the best state more exactly.",
                            fallback = "0",
                            example = "50",
                            least = 0,
                            advice = "0 suits a few hundred examples.")
                    int evalSteps,
            @Setting(
                            means =
                                    "Ends the training after so many measurements without a better score; 0 goes on to the"
                                            + " last epoch.",
                            fallback = "0",
                            example = "3",
                            least = 0,
                            advice = "3 is usual.")
                    int earlyStoppingPatience,
            @Setting(
                            means =
                                    "Writes a checkpoint every so many steps, besides each epoch's end. A killed training goes on"
                                            + " from the last one, so more of them lose less and take more time.",
                            fallback = "100",
                            example = "100",
                            least = 1,
                            advice = "100 is usual.")
                    int saveSteps,
            @Setting(
                            means =
                                    "How much of its general ability the model may lose (docs/guide-tuning.md says what is"
                                            + " compared). A state that lost more is never kept, and two in a row end the"
                                            + " training. 1 does not watch it.",
                            fallback = "0.05",
                            example = "0.05",
                            least = 0,
                            most = 1,
                            advice = "0.05 is usual.")
                    double maxForgetting,
            @Setting(
                            means =
                                    "Questions of your own that general ability is measured on: JSONL with query, choices and"
                                            + " gold (the right choice's number, from 0). Sartor's own hundred where it is"
                                            + " not given.",
                            example = "probe.jsonl")
                    Optional<Path> probe) {
        /// When the training is measured, saved and ended, as the tuning room takes it.
        public TuneWatch recipe() {
            return new TuneWatch(evalSteps, earlyStoppingPatience, saveSteps, maxForgetting);
        }

        /// The same, with the probe named by what it holds: where it lies does not matter.
        Watch byContent() {
            return new Watch(
                    evalSteps,
                    earlyStoppingPatience,
                    saveSteps,
                    maxForgetting,
                    probe.map(file -> Path.of(Sha256.ofReadable(file))));
        }
    }
}
