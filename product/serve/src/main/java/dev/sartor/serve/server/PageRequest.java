package dev.sartor.serve.server;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A browser's request, whole and bounded.
///
/// @param method `GET` or `POST`
/// @param path decoded, with its leading slash
/// @param query its fields, of which the last of a name counts
/// @param headers by their names in lower case
/// @param body empty for none
public record PageRequest(
        String method,
        String path,
        Map<String, String> query,
        Map<String, String> headers,
        Map<String, String> cookies,
        byte[] body) {
    public PageRequest {
        query = Map.copyOf(query);
        headers = Map.copyOf(headers);
        cookies = Map.copyOf(cookies);
    }

    public boolean isPost() {
        return method.equals("POST");
    }

    /// @return empty where the request does not have it, or has it blank
    public Optional<String> query(String name) {
        return Optional.ofNullable(query.get(name)).filter(each -> !each.isBlank());
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    public Optional<String> cookie(String name) {
        return Optional.ofNullable(cookies.get(name));
    }

    /// The fields of a form that was posted.
    ///
    /// @throws IllegalArgumentException where it is none
    public Map<String, String> form() {
        return fields(new String(body, StandardCharsets.UTF_8));
    }

    /// The fields of a query or a form.
    ///
    /// @param text as it is sent: `a=1&b=2`, percent-encoded
    /// @throws IllegalArgumentException where an encoding is none
    static Map<String, String> fields(String text) {
        var fields = new LinkedHashMap<String, String>();
        for (int from = 0; from < text.length(); ) {
            int end = text.indexOf('&', from);
            end = end < 0 ? text.length() : end;
            int equals = text.indexOf('=', from);
            if (end > from) {
                boolean hasValue = equals >= 0 && equals < end;
                fields.put(
                        decoded(text.substring(from, hasValue ? equals : end)),
                        hasValue ? decoded(text.substring(equals + 1, end)) : "");
            }
            from = end + 1;
        }
        return fields;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
