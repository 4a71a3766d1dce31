package dev.sartor.telemetry;

import dev.sartor.core.SartorException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// `name=value,name=value` in a variable, with `%20` for a blank, as OpenTelemetry writes headers and attributes.
final class Pairs {
    private static final int MOST = 64;

    private Pairs() {}

    /// @throws SartorException a user's error that shows no value, as keys may be among them
    static Map<String, String> of(String variable, Function<String, Optional<String>> environment) {
        var pairs = new LinkedHashMap<String, String>();
        for (var part : environment.apply(variable).orElse("").split(",", -1)) {
            int at = part.indexOf('=');
            if (part.isBlank()) {
                continue;
            }
            if (at < 1 || pairs.size() == MOST) {
                throw broken(variable);
            }
            pairs.put(part.substring(0, at).strip(), decoded(variable, part.substring(at + 1)));
        }
        return pairs;
    }

    private static String decoded(String variable, String value) {
        try {
            return URLDecoder.decode(value.strip().replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw broken(variable);
        }
    }

    private static SartorException broken(String variable) {
        return SartorException.user(
                variable
                        + " must be at most "
                        + MOST
                        + " of name=value, with commas between and %XX for what is no plain character (its text is"
                        + " not shown, as keys may be there): write it anew.");
    }
}
