package dev.sartor.serve.http;

import dev.sartor.core.Principal;
import dev.sartor.core.SartorException;
import dev.sartor.serve.Scope;
import io.javalin.http.Context;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Who asks, and the request's id: in the header `x-request-id`, in the log, and in the answer's id.
///
/// @param key the id of the caller's key; empty where none is needed
/// @param scopes what the key is for
public record Caller(
        Admission.Holder holder, Optional<String> key, Set<Scope> scopes, String requestId) {
    private static final String ATTRIBUTE = "caller";

    public Caller {
        scopes = Set.copyOf(scopes);
    }

    public static Caller of(Context context) {
        Caller caller = context.attribute(ATTRIBUTE);
        if (caller == null) {
            throw SartorException.defect("a request came past the gate: " + context.path());
        }
        return caller;
    }

    public Principal principal() {
        return holder.principal();
    }

    /// @throws Refused where the caller's key is for other uses alone
    public void require(Scope scope) {
        if (!scopes.contains(scope)) {
            throw new Refused(
                    Failure.client(
                            403,
                            "This key is not for '"
                                    + scope.text()
                                    + "'; it is for "
                                    + scopes.stream()
                                            .map(Scope::text)
                                            .sorted()
                                            .collect(Collectors.joining(", "))
                                    + ". Ask the server's keeper for one with that scope.",
                            "missing_scope"));
        }
    }

    public void attachTo(Context context) {
        context.attribute(ATTRIBUTE, this);
    }
}
