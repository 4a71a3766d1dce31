package dev.sartor.serve.server;

import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.core.work.Cancellation;
import dev.sartor.serve.Scope;
import dev.sartor.serve.adapter.AdaptersEndpoint;
import dev.sartor.serve.http.AuditTrails;
import dev.sartor.serve.http.Caller;
import dev.sartor.serve.http.ClientGone;
import dev.sartor.serve.http.Failure;
import dev.sartor.serve.http.Gate;
import dev.sartor.serve.http.Meters;
import dev.sartor.serve.http.Refused;
import dev.sartor.serve.http.Reply;
import dev.sartor.serve.http.Trail;
import dev.sartor.serve.openai.ChatEndpoint;
import dev.sartor.serve.openai.EmbeddingsEndpoint;
import dev.sartor.serve.openai.ModelsEndpoint;
import dev.sartor.serve.openai.responses.ResponsesEndpoint;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HttpResponseException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Which path leads where, and what every request has in common: an id, a caller, a count, a failure's shape.
final class Routes {
    private static final Logger LOG = LoggerFactory.getLogger(Routes.class);
    private static final String HEALTH = "/health";

    private final Gate gate;
    private final AuditTrails trails;
    private final Meters meters;
    private final RandomGenerator random;
    private final Cancellation stopping;
    private Optional<JobRoutes> jobs = Optional.empty();

    /// @param stopping asked when no more requests are taken on
    Routes(
            Gate gate,
            AuditTrails trails,
            Meters meters,
            RandomGenerator random,
            Cancellation stopping) {
        this.gate = gate;
        this.trails = trails;
        this.meters = meters;
        this.random = random;
        this.stopping = stopping;
    }

    Routes with(Optional<JobRoutes> further) {
        jobs = further;
        return this;
    }

    void lay(RoutesConfig to, ChatEndpoint chat, EmbeddingsEndpoint embed, ModelsEndpoint models) {
        to.before(this::admit);
        to.post("/v1/chat/completions", needing(Scope.INFER, chat::answer));
        to.post("/v1/embeddings", needing(Scope.EMBED, embed::answer));
        to.get("/v1/models", guarded(models::list));
        to.get("/v1/models/<id>", guarded(models::one));
        to.get(HEALTH, this::health);
        to.get("/metrics", needing(Scope.METRICS, context -> metrics(context, models)));
        jobs.ifPresent(each -> each.lay(to));
        to.after(this::keep);
        to.after(meters::finish);
        to.after(this::end);
        to.exception(HttpResponseException.class, this::noSuchPath);
        to.exception(ClientGone.class, this::hungUp);
        to.exception(Exception.class, this::fail);
    }

    void layResponses(RoutesConfig to, ResponsesEndpoint responses) {
        to.post("/v1/responses", needing(Scope.INFER, responses::answer));
    }

    /// Which scope is needed depends on whose the adapter is.
    void layAdapters(RoutesConfig to, AdaptersEndpoint adapters) {
        to.get("/v1/adapters", guarded(adapters::list));
        to.get("/v1/adapters/<name>", guarded(adapters::one));
        to.put("/v1/adapters/<name>", guarded(adapters::attach));
        to.delete("/v1/adapters/<name>", guarded(adapters::detach));
    }

    private void admit(Context context) {
        meters.start(context);
        var bytes = new byte[12];
        random.nextBytes(bytes);
        var id = HexFormat.of().formatHex(bytes);
        context.header("x-request-id", id);
        context.attribute("id", id);
        if (stopping.isAsked()) {
            context.header("Connection", "close");
            throw new Refused(Failure.stopping());
        }
        if (!context.path().equals(HEALTH)) {
            var trail = trails.begin(context, id);
            var caller = gate.admit(context, id);
            trail.admitted(caller);
            caller.attachTo(context);
        }
    }

    /// For callers alone whose key is for this.
    static Handler needing(Scope scope, Handler handler) {
        return guarded(context -> {
            Caller.of(context).require(scope);
            handler.handle(context);
        });
    }

    /// Javalin hears of exceptions only, not of errors.
    static Handler guarded(Handler handler) {
        return context -> {
            try {
                handler.handle(context);
            } catch (OutOfMemoryError e) {
                throw SartorException.missing("not enough memory for this request", e);
            } catch (Error e) {
                throw SartorException.defect(String.valueOf(e), e);
            }
        };
    }

    /// Before anything of an answer that is sent whole is on its way; a stream keeps its own.
    private void keep(Context context) {
        if (context.attribute(Trail.ATTRIBUTE) != null) {
            Trail.of(context).keep(meters.status(context));
        }
    }

    private void end(Context context) {
        if (context.attribute(Trail.ATTRIBUTE) != null) {
            Trail.of(context).end(meters.status(context));
        }
    }

    /// Not an error: a server that cannot confirm keys still answers, and starting it anew would not help.
    private void health(Context context) {
        var status = gate.knowsItsKeys() ? "ok" : "keys_unconfirmed";
        Reply.send(context, 200, Json.mapper().createObjectNode().put("status", status));
    }

    private void metrics(Context context, ModelsEndpoint models) {
        context.contentType("text/plain; version=0.0.4; charset=utf-8")
                .result(meters.scrape(models.names(context)::contains));
    }

    private void noSuchPath(HttpResponseException e, Context context) {
        var message =
                e.getStatus() == 405
                        ? context.path() + " does not take " + context.method() + "."
                        : "There is nothing at "
                                + context.path()
                                + ". This server has /v1/chat/completions, /v1/responses, /v1/embeddings,"
                                + " /v1/models, /v1/adapters, "
                                + jobs.map(_ -> JobRoutes.PATHS + ", ").orElse("")
                                + "/health and /metrics.";
        e.getDetails().forEach(context::header);
        tell(Failure.client(e.getStatus(), message, "unknown_url"), context);
    }

    private void hungUp(ClientGone e, Context context) {
        LOG.debug("{}: the client hung up", context.path(), e);
        context.status(Meters.HUNG_UP);
    }

    private void fail(Exception e, Context context) {
        String id = context.attribute("id");
        tell(Failure.of(e, String.valueOf(id)), context);
    }

    private void tell(Failure failure, Context context) {
        meters.failed(failure);
        if (context.attribute(Trail.ATTRIBUTE) != null) {
            Trail.of(context).failed(failure);
        }
        Reply.send(context, failure);
    }
}
