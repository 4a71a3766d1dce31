package dev.sartor.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.SartorException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Addresses and variables that are accepted, and that are not, without a key in a message.
class OtlpSettingsTest {
    private static OtlpSettings of(String address, Map<String, String> environment) {
        return OtlpSettings.of(address, name -> Optional.ofNullable(environment.get(name)));
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:4318, http://127.0.0.1:4318/v1/traces",
        "https://otlp.example/team/, https://otlp.example/team/v1/traces",
        "HTTP://[::1]:4318, HTTP://[::1]:4318/v1/traces"
    })
    void signalsGoBelowTheAddress(String address, String traces) {
        assertThat(of(address, Map.of()).below("/v1/traces")).isEqualTo(traces);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1:4318",
                "collector",
                "ftp://collector/secret",
                "file:///etc/secret",
                "http:///secret",
                "http://a b/secret",
                "http://collector:0",
                "http://collector:70000",
                "http://ann:secret@collector:4318",
                "http://secret@collector:4318",
                "https://collector/?api-key=secret",
                "https://collector/#secret",
                ""
            })
    void otherAddressesAreRefusedWithoutBeingShown(String address) {
        assertThatThrownBy(() -> of(address, Map.of()))
                .isInstanceOf(SartorException.class)
                .hasMessageStartingWith("--otlp must ")
                .hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "secret",
                "=secret",
                "authorization=%zzsecret",
                "au thorization=secret",
                "host=secret",
                "Content-Length=secret",
                "authorization=secret%0d%0ax: y"
            })
    void headersThatAreNoneAreRefusedWithoutBeingShown(String headers) {
        assertThatThrownBy(() -> of("http://c", Map.of("OTEL_EXPORTER_OTLP_HEADERS", headers)))
                .isInstanceOf(SartorException.class)
                .hasMessageStartingWith("OTEL_EXPORTER_OTLP_HEADERS must ")
                .hasMessageNotContaining("secret");
    }

    @Test
    void variablesAreReadAsTheyAreSpecified() {
        var settings =
                of(
                        "http://c",
                        Map.of(
                                "OTEL_EXPORTER_OTLP_HEADERS", "a=b+c%20d, e = f,",
                                "OTEL_RESOURCE_ATTRIBUTES", "service.name=no,zone=eu",
                                "OTEL_SERVICE_NAME", "desk",
                                "OTEL_TRACES_SAMPLER", "traceidratio",
                                "OTEL_TRACES_SAMPLER_ARG", "0.25",
                                "OTEL_METRIC_EXPORT_INTERVAL", "5000",
                                "OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"));
        assertThat(settings.headers()).isEqualTo(Map.of("a", "b+c d", "e", "f"));
        assertThat(settings.resource()).isEqualTo(Map.of("service.name", "desk", "zone", "eu"));
        assertThat(settings.sampling()).isEqualTo(new TraceSampling(false, 0.25));
        assertThat(settings.betweenMetrics()).isEqualTo(Duration.ofSeconds(5));
        assertThat(of("http://c", Map.of()).sampling()).isEqualTo(new TraceSampling(true, 1));
        assertThat(of("http://c", Map.of()).resource()).isEqualTo(Map.of("service.name", "sartor"));
    }

    @ParameterizedTest
    @CsvSource({
        "OTEL_EXPORTER_OTLP_PROTOCOL, grpc",
        "OTEL_TRACES_SAMPLER, sometimes",
        "OTEL_METRIC_EXPORT_INTERVAL, 99",
        "OTEL_METRIC_EXPORT_INTERVAL, soon"
    })
    void whatIsNotUnderstoodIsRefused(String variable, String value) {
        assertThatThrownBy(() -> of("http://c", Map.of(variable, value)))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining(variable)
                .hasMessageContaining(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "-0.1", "NaN", "half"})
    void aRatioIsFrom0To1(String ratio) {
        var environment =
                Map.of("OTEL_TRACES_SAMPLER", "traceidratio", "OTEL_TRACES_SAMPLER_ARG", ratio);
        assertThatThrownBy(() -> of("http://c", environment))
                .hasMessageContaining("OTEL_TRACES_SAMPLER_ARG must be 0 to 1, got " + ratio);
    }
}
