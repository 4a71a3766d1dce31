package dev.sartor.state.audit;

import dev.sartor.core.Json;
import java.time.Instant;
import tools.jackson.core.JacksonException;

/// That a log had this many entries, and the digest of the last of them, signed.
///
/// @param digest of the line of the last entry
/// @param key the public one, Base64
/// @param signature Base64, over {@link #text}
record Head(Instant time, long sequence, String digest, String key, String signature) {
    static Head of(Instant time, long sequence, String digest, SigningKey key) {
        return new Head(
                time, sequence, digest, key.shown(), key.sign(text(time, sequence, digest)));
    }

    private static String text(Instant time, long sequence, String digest) {
        return "sartor audit head\n" + time + "\n" + sequence + "\n" + digest + "\n";
    }

    boolean isSigned() {
        return SigningKey.hasSigned(key, text(time, sequence, digest), signature);
    }

    String line() {
        return Json.mapper()
                .createObjectNode()
                .put("time", time.toString())
                .put("sequence", sequence)
                .put("digest", digest)
                .put("key", key)
                .put("signature", signature)
                .toString();
    }

    /// A line that is no head has no signature that holds.
    static Head parsed(String line) {
        try {
            var json = Json.mapper().readTree(line);
            return new Head(
                    Instant.parse(json.path("time").asString("")),
                    json.path("sequence").asLong(-1),
                    json.path("digest").asString(""),
                    json.path("key").asString(""),
                    json.path("signature").asString(""));
        } catch (JacksonException | java.time.format.DateTimeParseException e) {
            return new Head(Instant.EPOCH, -1, "", "", "");
        }
    }
}
