package dev.sartor.serve.http;

import dev.sartor.core.Principal;
import dev.sartor.core.SartorException;
import io.javalin.http.Context;

/// Who asks, and the request's id: in the header `x-request-id`, in the log, and in the answer's id.
public record Caller(Admission.Holder holder, String requestId) {
    private static final String ATTRIBUTE = "caller";

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

    public void attachTo(Context context) {
        context.attribute(ATTRIBUTE, this);
    }
}
