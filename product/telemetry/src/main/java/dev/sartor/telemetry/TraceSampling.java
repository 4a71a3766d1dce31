package dev.sartor.telemetry;

import java.util.Optional;
import java.util.function.Function;

/// Of which requests traces are kept.
///
/// @param byCaller whether a caller's `traceparent` that says so decides first
/// @param ratio of the others, 0 to 1, chosen by the trace's id
public record TraceSampling(boolean byCaller, double ratio) {
    private static final String SAMPLER = "OTEL_TRACES_SAMPLER";
    private static final String ARGUMENT = "OTEL_TRACES_SAMPLER_ARG";
    private static final String PARENT = "parentbased_";

    static TraceSampling of(Function<String, Optional<String>> environment) {
        var name = environment.apply(SAMPLER).orElse(PARENT + "always_on");
        boolean byCaller = name.startsWith(PARENT);
        return switch (byCaller ? name.substring(PARENT.length()) : name) {
            case "always_on" -> new TraceSampling(byCaller, 1);
            case "always_off" -> new TraceSampling(byCaller, 0);
            case "traceidratio" -> new TraceSampling(byCaller, ratio(environment));
            default -> {
                OtlpSettings.refuse(
                        SAMPLER,
                        "always_on, always_off or traceidratio, or one of these behind parentbased_",
                        name,
                        "leave it out to keep all but what a caller's traceparent leaves out");
                yield new TraceSampling(true, 1);
            }
        };
    }

    private static double ratio(Function<String, Optional<String>> environment) {
        var text = environment.apply(ARGUMENT).orElse("1");
        double ratio = -1;
        try {
            ratio = Double.parseDouble(text);
        } catch (NumberFormatException e) {
            // refused below
        }
        if (!(ratio >= 0 && ratio <= 1)) {
            OtlpSettings.refuse(ARGUMENT, "0 to 1", text, "0.1 keeps a tenth");
        }
        return ratio;
    }
}
