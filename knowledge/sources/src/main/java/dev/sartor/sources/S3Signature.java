package dev.sartor.sources;

import dev.sartor.core.SartorException;
import dev.sartor.core.file.Sha256;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// AWS Signature Version 4 of requests without a body.
record S3Signature(String key, String secret, Optional<String> session, String region, Clock clock)
        implements WebClient.Signature {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);
    private static final String ALGORITHM = "AWS4-HMAC-SHA256";

    /// Of the variables that the settings name, and at Amazon's own endpoint otherwise of those that its tools read. Without a key
    /// the store is asked as anyone may ask.
    static WebClient.Signature of(
            SourceSettings settings, SourceSettings.Environment environment, Clock clock) {
        boolean isAmazon = settings.text("endpoint").isEmpty();
        var key = settings.secret("access_key_env", environment);
        var secret = settings.secret("secret_key_env", environment);
        var session = settings.secret("session_token_env", environment);
        if (isAmazon && key.isEmpty() && secret.isEmpty()) {
            key = environment.variable("AWS_ACCESS_KEY_ID");
            secret = environment.variable("AWS_SECRET_ACCESS_KEY");
            session = environment.variable("AWS_SESSION_TOKEN");
        }
        if (key.isPresent() != secret.isPresent()) {
            throw SartorException.user(
                    settings.where()
                            + ": access_key_env and secret_key_env go together: name both, or neither.");
        }
        return key.isEmpty()
                ? WebClient.Signature.none()
                : new S3Signature(
                        key.get(), secret.orElseThrow(), session, S3Store.region(settings), clock);
    }

    @Override
    public Map<String, String> headers(String method, URI at) {
        var time = TIME.format(clock.instant());
        var payload = Sha256.of("");
        var signed = new TreeMap<String, String>();
        signed.put("host", at.getRawAuthority());
        signed.put("x-amz-content-sha256", payload);
        signed.put("x-amz-date", time);
        session.ifPresent(token -> signed.put("x-amz-security-token", token));
        var names = String.join(";", signed.keySet());
        var scope = time.substring(0, 8) + "/" + region + "/s3/aws4_request";
        var request =
                String.join(
                        "\n",
                        method,
                        at.getRawPath(),
                        query(at),
                        signed.entrySet().stream()
                                .map(each -> each.getKey() + ":" + each.getValue() + "\n")
                                .collect(Collectors.joining()),
                        names,
                        payload);
        var text = String.join("\n", ALGORITHM, time, scope, Sha256.of(request));
        var hmac = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
        for (var part : scope.split("/", -1)) {
            hmac = hmac(hmac, part);
        }
        var headers = new TreeMap<>(signed);
        headers.remove("host");
        headers.put(
                "Authorization",
                ALGORITHM
                        + " Credential="
                        + key
                        + "/"
                        + scope
                        + ", SignedHeaders="
                        + names
                        + ", Signature="
                        + HexFormat.of().formatHex(hmac(hmac, text)));
        return headers;
    }

    private static String query(URI at) {
        return at.getRawQuery() == null
                ? ""
                : Arrays.stream(at.getRawQuery().split("&", -1))
                        .map(each -> each.contains("=") ? each : each + "=")
                        .sorted()
                        .collect(Collectors.joining("&"));
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw SartorException.defect("this Java has no HMAC-SHA256", e);
        }
    }

    @Override
    public String toString() {
        return "S3Signature[" + region + "]";
    }
}
