package dev.sartor.cli.serve;

import dev.sartor.serve.Telemetry;
import dev.sartor.telemetry.OtlpSettings;
import dev.sartor.telemetry.OtlpTelemetry;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Where it is told how long requests take.
final class TelemetryOptions {
    @Option(
            names = "--otlp",
            paramLabel = "URL",
            description =
                    "Tell an OpenTelemetry collector, by OTLP over HTTP, how long requests take: traces and metrics, without texts."
                            + " In place of it the variable OTEL_EXPORTER_OTLP_ENDPOINT.")
    Optional<String> otlp = Optional.empty();

    /// Loads OpenTelemetry where a collector was named, and only there.
    Telemetry open() {
        return otlp.or(() -> variable(OtlpSettings.ENDPOINT))
                .<Telemetry>map(address ->
                        OtlpTelemetry.open(OtlpSettings.of(address, TelemetryOptions::variable)))
                .orElseGet(Telemetry::none);
    }

    private static Optional<String> variable(String name) {
        return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isBlank());
    }
}
