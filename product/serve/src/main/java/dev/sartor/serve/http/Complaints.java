package dev.sartor.serve.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Everything wrong with one request's body, so that the client sees all of it at once. Not thread-safe.
public final class Complaints {
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

    public void unsupported(String param, String reason) {
        add(param, "is not supported here: " + reason, "unsupported_parameter");
    }

    public void invalid(String param, String rule, Object value) {
        add(param, "must be " + rule + ", got " + shown(value), "invalid_value");
    }

    /// The beginning of what a client sent, as far as a message repeats it; never cut between the halves of a character.
    static String shown(Object value) {
        var whole = String.valueOf(value);
        return whole.length() > MOST_CHARACTERS
                ? whole.substring(
                                0,
                                whole.offsetByCodePoints(
                                        0, whole.codePointCount(0, MOST_CHARACTERS - 1)))
                        + "…"
                : whole;
    }

    /// Status 400 that names every parameter at fault; its `param` and `code` are the first one's.
    public void throwIfAny() {
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
