package dev.sartor.telemetry;

import dev.sartor.core.Problems;
import dev.sartor.core.SartorException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/// Where traces and metrics go, and what goes with them.
///
/// @param endpoint below which `/v1/traces` and `/v1/metrics` are
/// @param headers of each request to it; keys may be among them
/// @param resource attributes of this server, such as `service.name`
/// @param betweenMetrics after which metrics are told again
public record OtlpSettings(
        URI endpoint,
        Map<String, String> headers,
        Map<String, String> resource,
        TraceSampling sampling,
        Duration betweenMetrics) {
    /// The variable that stands for `--otlp`.
    public static final String ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private static final String HEADERS = "OTEL_EXPORTER_OTLP_HEADERS";
    private static final String PROTOCOL = "OTEL_EXPORTER_OTLP_PROTOCOL";
    private static final String INTERVAL = "OTEL_METRIC_EXPORT_INTERVAL";
    private static final String DEFAULT_INTERVAL = "60000";
    private static final String SERVICE = "service.name";

    /// A header's name, by RFC 9110.
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

    private static final Pattern MILLIS = Pattern.compile("\\d{1,9}");

    /// Those that the client writes itself.
    private static final Set<String> CLIENTS_OWN =
            Set.of("connection", "content-length", "content-type", "expect", "host", "upgrade");

    public OtlpSettings {
        headers = Map.copyOf(headers);
        resource = Map.copyOf(resource);
    }

    /// @param address of `--otlp`, or of {@link #ENDPOINT}
    /// @param environment the variables that OpenTelemetry has for the rest; a variable without a value is empty
    /// @throws SartorException a user's error that shows no key
    public static OtlpSettings of(String address, Function<String, Optional<String>> environment) {
        environment
                .apply(PROTOCOL)
                .filter(protocol -> !protocol.equals("http/protobuf"))
                .ifPresent(protocol ->
                        refuse(
                                PROTOCOL,
                                "http/protobuf",
                                protocol,
                                "collectors take it at port 4318, or leave the variable out"));
        var resource = new LinkedHashMap<>(Pairs.of("OTEL_RESOURCE_ATTRIBUTES", environment));
        resource.putIfAbsent(SERVICE, "sartor");
        environment.apply("OTEL_SERVICE_NAME").ifPresent(name -> resource.put(SERVICE, name));
        return new OtlpSettings(
                endpoint(address),
                headers(Pairs.of(HEADERS, environment)),
                resource,
                TraceSampling.of(environment),
                interval(environment.apply(INTERVAL).orElse(DEFAULT_INTERVAL)));
    }

    /// A key in an address would stand in lists of processes and in logs.
    private static URI endpoint(String address) {
        try {
            var uri = new URI(address);
            var scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            if (!(scheme.equals("http") || scheme.equals("https"))
                    || uri.getHost() == null
                    || uri.getPort() == 0
                    || uri.getPort() > 65535) {
                throw notAnEndpoint();
            }
            if (uri.getRawUserInfo() != null
                    || uri.getRawQuery() != null
                    || uri.getRawFragment() != null) {
                throw SartorException.user(
                        "--otlp must have no user, query or fragment in its address: keys of the collector go into the"
                                + " environment variable "
                                + HEADERS
                                + ", such as authorization=Bearer%20KEY.");
            }
            return uri;
        } catch (URISyntaxException e) {
            throw notAnEndpoint();
        }
    }

    /// What was given is not shown, as it may hold a key.
    private static SartorException notAnEndpoint() {
        return SartorException.user(
                "--otlp must be the http or https address of a collector, such as http://127.0.0.1:4318, and what was"
                        + " given (or stands in "
                        + ENDPOINT
                        + ") is none: traces go to /v1/traces below it, metrics to /v1/metrics.");
    }

    private static Map<String, String> headers(Map<String, String> pairs) {
        pairs.forEach((name, value) -> {
            boolean isName =
                    TOKEN.matcher(name).matches()
                            && !CLIENTS_OWN.contains(name.toLowerCase(Locale.ROOT));
            if (!isName || value.chars().anyMatch(c -> c < ' ' || c > '~')) {
                throw SartorException.user(
                        HEADERS
                                + " must hold headers that may be set, in ASCII without line ends, and one is none"
                                + " (its text is not shown, as keys are there): write name=value,name=value, such"
                                + " as authorization=Bearer%20KEY.");
            }
        });
        return pairs;
    }

    private static Duration interval(String text) {
        long millis = MILLIS.matcher(text).matches() ? Long.parseLong(text) : 0;
        Problems.refuseUnless(
                millis >= 100, INTERVAL, "100 to 999999999 (ms)", text, "60000 is usual");
        return Duration.ofMillis(millis);
    }

    static void refuse(String variable, String rule, String value, String next) {
        Problems.refuseUnless(false, variable, rule, value, next);
    }

    /// Where a signal goes.
    String below(String path) {
        var base = endpoint.toString();
        return (base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path;
    }
}
