package dev.sartor.telemetry;

import io.opentelemetry.exporter.internal.FailedExportException.HttpExportException;
import io.opentelemetry.sdk.common.CompletableResultCode;
import org.jspecify.annotations.Nullable;

/// Why the collector did not take something, in a few words for the log.
final class Reasons {
    private Reasons() {}

    /// Nothing of the text that a collector answers: it is somebody else's.
    static String of(CompletableResultCode sent) {
        if (!sent.isDone()) {
            return "it did not answer in time";
        }
        return switch (sent.getFailureThrowable()) {
            case HttpExportException refused when refused.getResponse() != null ->
                    "it answered " + refused.getResponse().getStatusCode();
            case HttpExportException failed ->
                    "it could not be reached: " + name(failed.getCause());
            case null -> "it could not be told any more";
            case Throwable other -> "it could not be told: " + name(other);
        };
    }

    private static String name(@Nullable Throwable thrown) {
        return thrown == null ? "no reason is known" : thrown.getClass().getSimpleName();
    }
}
