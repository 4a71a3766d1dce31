package dev.sartor.serve;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Everything wrong with one request's body, so that the client sees all of it at once. Not thread-safe.
final class Complaints {
    private static final int MOST_SHOWN = 20;
    private static final int MOST_CHARACTERS = 80;

    private record Complaint(String param, String message, String code) {}

    private final List<Complaint> found = new ArrayList<>();

    void unknown(String param) {
        add(param, "is not a parameter that this server knows; leave it out", "unknown_parameter");
    }

    void missing(String param, String rule) {
        add(param, "is missing: it must be " + rule, "missing_required_parameter");
    }

    void unsupported(String param, String reason) {
        add(param, "is not supported here: " + reason, "unsupported_parameter");
    }

    void invalid(String param, String rule, Object value) {
        var shown = String.valueOf(value);
        // Not between the halves of a character.
        var cut =
                shown.length() > MOST_CHARACTERS
                        ? shown.substring(
                                        0,
                                        shown.offsetByCodePoints(
                                                0, shown.codePointCount(0, MOST_CHARACTERS - 1)))
                                + "…"
                        : shown;
        add(param, "must be " + rule + ", got " + cut, "invalid_value");
    }

    /// Status 400 that names every parameter at fault; its `param` and `code` are the first one's.
    void throwIfAny() {
        if (found.isEmpty()) {
            return;
        }
        var lines = new ArrayList<String>();
        found.stream()
                .limit(MOST_SHOWN)
                .forEach(complaint -> lines.add(complaint.param() + " " + complaint.message()));
        if (found.size() > MOST_SHOWN) {
            lines.add("and " + (found.size() - MOST_SHOWN) + " more problems");
        }
        var first = found.getFirst();
        throw new Refused(
                Failure.client(
                        400,
                        String.join("; ", lines) + ".",
                        Optional.of(first.param()),
                        first.code()));
    }

    private void add(String param, String message, String code) {
        found.add(new Complaint(param, message, code));
    }
}
