package dev.sartor.serve.http;

import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.serve.quota.QuotaExceeded;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/// What a client is told went wrong. Clients try again after 408, 409, 429 and 5xx: those are for what may pass.
///
/// @param param the parameter at fault; empty where there is none
/// @param code for programs; empty where there is none
/// @param retryAfterSeconds empty where nobody knows
public record Failure(
        int status,
        String type,
        String message,
        Optional<String> param,
        Optional<String> code,
        Optional<Long> retryAfterSeconds) {
    private static final Logger LOG = LoggerFactory.getLogger(Failure.class);
    private static final String CLIENTS = "invalid_request_error";
    private static final String OURS = "server_error";

    /// The client's mistake, which the same request would make again.
    public static Failure client(int status, String message, Optional<String> param, String code) {
        return new Failure(status, CLIENTS, message, param, Optional.of(code), Optional.empty());
    }

    public static Failure client(int status, String message, String code) {
        return client(status, message, Optional.empty(), code);
    }

    /// Whoever may not know a model hears the same as whoever made its name up.
    public static Failure noSuchModel(String name) {
        return client(
                404,
                "The model '"
                        + Complaints.shown(name)
                        + "' does not exist here; GET /v1/models lists those that do.",
                Optional.of("model"),
                "model_not_found");
    }

    /// The same of an adapter.
    public static Failure noSuchAdapter(String name) {
        return client(
                404,
                "The adapter '"
                        + Complaints.shown(name)
                        + "' does not exist here; GET /v1/adapters lists those that do.",
                Optional.of("name"),
                "adapter_not_found");
    }

    /// Whoever may not know a thing hears the same as whoever made its id up.
    ///
    /// @param what as a message says it, such as `file`
    public static Failure noSuch(String what, String id) {
        return client(
                404,
                "There is no " + what + " '" + Complaints.shown(id) + "' here.",
                Optional.of("id"),
                "not_found");
    }

    public static Failure busy(String message, long retryAfterSeconds) {
        return new Failure(
                429,
                "rate_limit_error",
                message,
                Optional.empty(),
                Optional.of("rate_limit_exceeded"),
                Optional.of(retryAfterSeconds));
    }

    public static Failure stopping() {
        return new Failure(
                503,
                OURS,
                "This server is stopping.",
                Optional.empty(),
                Optional.of("stopping"),
                Optional.of(5L));
    }

    /// Says nothing of why: the log does.
    static Failure unconfirmed() {
        return new Failure(
                503,
                OURS,
                "The keys of this server cannot be confirmed at the moment, so that yours is not let"
                        + " in; the server's log says why.",
                Optional.empty(),
                Optional.of("keys_unconfirmed"),
                Optional.of(5L));
    }

    /// What never passes is the client's mistake.
    private static Failure exceeded(QuotaExceeded e) {
        var message = text(e);
        if (e.passes().isEmpty()) {
            return client(400, message, "request_too_large");
        }
        boolean isMoney = e.limit() == QuotaExceeded.Limit.BUDGET;
        return new Failure(
                429,
                isMoney ? "insufficient_quota" : "rate_limit_error",
                message,
                Optional.empty(),
                Optional.of(isMoney ? "insufficient_quota" : "rate_limit_exceeded"),
                e.passes().map(time -> Math.max(1, (time.toMillis() + 999) / 1000)));
    }

    /// Says nothing of why: the log does.
    static Failure unaudited() {
        return new Failure(
                503,
                OURS,
                "The audit log of this server cannot be written at the moment, so that nothing is"
                        + " answered; the server's log says why.",
                Optional.empty(),
                Optional.of("audit_unavailable"),
                Optional.of(5L));
    }

    /// Says nothing of why: the log does.
    static Failure uncounted() {
        return new Failure(
                503,
                OURS,
                "What callers use cannot be counted at the moment, so that nobody with limits is answered;"
                        + " the server's log says why.",
                Optional.empty(),
                Optional.of("quotas_unavailable"),
                Optional.of(5L));
    }

    /// The one place where kinds of failure become HTTP statuses. A defect is logged under the request's id, and that is
    /// all the client hears of it.
    public static Failure of(Throwable thrown, String requestId) {
        return switch (thrown) {
            case Refused refused -> refused.failure();
            case SartorException e -> of(e, requestId);
            case QuotaExceeded e -> exceeded(e);
            case OutOfMemoryError e ->
                    missing(SartorException.missing("not enough memory for this", e), requestId);
            default -> defect(thrown, requestId);
        };
    }

    private static Failure of(SartorException e, String requestId) {
        return switch (e.kind()) {
            case USER -> new Failure(400, CLIENTS, text(e), param(e), e.code(), Optional.empty());
            case MISSING -> missing(e, requestId);
            case STOPPED -> stopping();
            case DEFECT -> defect(e, requestId);
        };
    }

    private static Failure missing(SartorException e, String requestId) {
        LOG.warn("{}: {}", requestId, e.getMessage(), e.getCause());
        return new Failure(
                503, OURS, text(e), Optional.empty(), Optional.of("unavailable"), Optional.empty());
    }

    private static Failure defect(Throwable thrown, String requestId) {
        LOG.error("{}: a defect", requestId, thrown);
        return new Failure(
                500,
                OURS,
                "A defect in Sartor; the server's log has it as " + requestId + ".",
                Optional.empty(),
                Optional.of("defect"),
                Optional.empty());
    }

    private static Optional<String> param(SartorException e) {
        return e.isTooLong() ? Optional.of("messages") : Optional.empty();
    }

    private static String text(Throwable thrown) {
        var message = thrown.getMessage();
        return message == null ? thrown.getClass().getSimpleName() : message;
    }

    public ObjectNode json() {
        var error = Json.mapper().createObjectNode();
        error.put("message", message);
        error.put("type", type);
        param.ifPresentOrElse(p -> error.put("param", p), () -> error.putNull("param"));
        code.ifPresentOrElse(c -> error.put("code", c), () -> error.putNull("code"));
        var whole = Json.mapper().createObjectNode();
        whole.set("error", error);
        return whole;
    }
}
