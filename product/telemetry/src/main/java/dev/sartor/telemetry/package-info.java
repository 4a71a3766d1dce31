/// Traces and metrics of a server by OpenTelemetry's protocol (OTLP over HTTP), named by its conventions for generative AI. What is
/// told of a request are times, counts and names, no text of it. The SDK is used here alone, and loaded only where it was asked for.
@NullMarked
package dev.sartor.telemetry;

import org.jspecify.annotations.NullMarked;
