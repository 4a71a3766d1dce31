package dev.sartor.serve.http;

import dev.sartor.core.Answer;
import dev.sartor.core.SartorException;
import dev.sartor.serve.AuditEntry;
import dev.sartor.serve.ServedAdapter;
import dev.sartor.serve.ServedModel;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// What the audit log is to say of one request, and when its parts began and ended, gathered while it is answered. Used by one thread at a time.
public final class Trail {
    public static final String ATTRIBUTE = "trail";

    private final AuditTrails trails;
    private final Instant time;
    private final long began = System.nanoTime();
    private final String request;
    private final String action;
    private final RequestTrace trace;
    private final TreeSet<String> documents = new TreeSet<>();
    private Optional<Caller> caller = Optional.empty();
    private Optional<String> model = Optional.empty();
    private Optional<String> prompt = Optional.empty();
    private Optional<String> adapter = Optional.empty();
    private Optional<String> code = Optional.empty();
    private long promptTokens;
    private long cachedTokens;
    private long completionTokens;
    private boolean isKept;

    Trail(AuditTrails trails, Instant time, String request, String action, RequestTrace trace) {
        this.trails = trails;
        this.time = time;
        this.request = request;
        this.action = action;
        this.trace = trace;
    }

    public static Trail of(Context context) {
        Trail trail = context.attribute(ATTRIBUTE);
        if (trail == null) {
            throw SartorException.defect("a request without a trail: " + context.path());
        }
        return trail;
    }

    void attachTo(Context context) {
        context.attribute(ATTRIBUTE, this);
    }

    public RequestTrace trace() {
        return trace;
    }

    public void admitted(Caller who) {
        caller = Optional.of(who);
    }

    /// @param version of the prompt that answers
    public void asked(String name, Optional<String> version) {
        model = Optional.of(name);
        prompt = version;
    }

    /// The model that is to answer, under the name that was asked for.
    public void asked(String name, ServedModel asked) {
        asked(name, asked.prompt());
        adapter = asked.adapter().map(ServedAdapter::digest);
    }

    /// @param name of an adapter
    /// @param digest of its weights; empty where it is not known yet
    public void adapter(String name, Optional<String> digest) {
        model = Optional.of(name);
        adapter = digest;
    }

    public void answered(Collection<Answer> answers) {
        for (var answer : answers) {
            answer.passages().forEach(passage -> documents.add(passage.document()));
            tokens(
                    answer.usage().promptTokens(),
                    answer.usage().cachedTokens(),
                    answer.usage().completionTokens());
        }
    }

    public void tokens(int ofPrompt, int cached, int completion) {
        promptTokens += ofPrompt;
        cachedTokens += cached;
        completionTokens += completion;
    }

    public void failed(Failure failure) {
        code = failure.code();
    }

    /// Keeps, before the first of a stream is sent, that it begins: an entry with the status {@link AuditEntry#BEGUN}.
    public void begin() {
        trails.keep(this, AuditEntry.BEGUN);
    }

    /// Keeps the entry, where that was not done yet.
    ///
    /// @throws SartorException something is missing, where it cannot be kept
    public void keep(int status) {
        if (!isKept) {
            isKept = true;
            trails.keep(this, status);
        }
    }

    /// It is answered: how long it took can be told.
    public void end(int status) {
        trails.tell(this, status);
    }

    boolean hasCaller() {
        return caller.isPresent();
    }

    AuditEntry entry(int status, long unkept) {
        return new AuditEntry(
                time,
                request,
                caller.map(Caller::principal),
                caller.flatMap(Caller::key),
                action,
                status,
                code,
                model,
                prompt,
                adapter,
                List.copyOf(documents),
                new AuditEntry.Tokens(promptTokens, cachedTokens, completionTokens),
                (System.nanoTime() - began) / 1e9,
                unkept);
    }
}
