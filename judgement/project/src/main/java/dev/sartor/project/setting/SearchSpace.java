package dev.sartor.project.setting;

import dev.sartor.project.yaml.Setting;
import dev.sartor.project.yaml.Types;
import dev.sartor.tune.trainer.Dimension;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The settings that a search varies. Each key is one of the section around it, and each value is held to its rules there.
public record SearchSpace(
        @Setting(
                        means =
                                "The size of a step at its highest: what matters most. A factor counts here, so its scale is"
                                        + " log.",
                        example = "{from: 1e-4, to: 1e-2, scale: log}")
                Optional<Dimension> learningRate,
        @Setting(
                        means =
                                "The width of the adapter. alpha stays as it is unless it is varied too, so that larger ranks"
                                        + " are scaled down.",
                        example = "[8, 16, 32]")
                Optional<Dimension> rank,
        @Setting(means = "How strongly the adapter counts.", example = "[16, 32, 64]")
                Optional<Dimension> alpha,
        @Setting(
                        means = "Whether the adapter is scaled by alpha / √rank (rsLoRA).",
                        example = "[false, true]")
                Optional<Dimension> rslora,
        @Setting(
                        means =
                                "Whether magnitudes are trained apart (DoRA); such trials take longer.",
                        example = "[false, true]")
                Optional<Dimension> dora,
        @Setting(means = "How the step size goes after the warm-up.", example = "[cosine, linear]")
                Optional<Dimension> schedule,
        @Setting(
                        means =
                                "How often every example is seen. The budget counts each trial's own length, so trials of"
                                        + " more epochs take longer.",
                        example = "{from: 2, to: 5}")
                Optional<Dimension> epochs,
        @Setting(means = "How many examples make one step.", example = "[8, 16, 32]")
                Optional<Dimension> batch,
        @Setting(
                        means = "The share of the steps in which the learning rate climbs.",
                        example = "{from: 0, to: 0.2}")
                Optional<Dimension> warmup,
        @Setting(means = "How strongly weights are pulled to zero.", example = "[0, 0.01, 0.1]")
                Optional<Dimension> weightDecay,
        @Setting(means = "Gradients longer than this are shortened to it.", example = "[0.3, 1]")
                Optional<Dimension> maxGradNorm) {
    /// The keys of a range.
    public static final String FROM = "from";

    public static final String TO = "to";
    public static final String SCALE = "scale";

    /// How places on a range are spread.
    public enum Scale {
        LINEAR,
        LOG
    }

    /// The setting that a space's key varies.
    public static SettingKey varied(String key) {
        return SettingKey.of(TuningSettings.class).stream()
                .filter(each -> each.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("a search varies no " + key));
    }

    /// Of one value.
    static Class<?> type(SettingKey varied) {
        return Types.raw(Types.element(varied.type()));
    }

    /// Whether a setting can be varied over a range, not over a list alone.
    public static boolean isNumber(SettingKey varied) {
        var type = type(varied);
        return type != boolean.class && !type.isEnum();
    }

    /// In the order of the keys.
    public List<Dimension> dimensions() {
        return Stream.of(
                        learningRate,
                        rank,
                        alpha,
                        rslora,
                        dora,
                        schedule,
                        epochs,
                        batch,
                        warmup,
                        weightDecay,
                        maxGradNorm)
                .flatMap(Optional::stream)
                .toList();
    }

    /// How many points there are; the largest number where they cannot be counted.
    public long points() {
        long points = 1;
        for (var each : dimensions()) {
            long count = each.count();
            points = count > Long.MAX_VALUE / points ? Long.MAX_VALUE : points * count;
        }
        return points;
    }
}
