package dev.sartor.serve.openai.job;

import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.serve.Scope;
import dev.sartor.serve.http.Caller;
import dev.sartor.serve.http.Failure;
import dev.sartor.serve.http.Refused;
import dev.sartor.serve.http.Reply;
import dev.sartor.serve.http.Unread;
import dev.sartor.serve.job.Files;
import dev.sartor.serve.job.Owner;
import dev.sartor.serve.job.Page;
import dev.sartor.serve.job.Purpose;
import dev.sartor.serve.job.StoredFile;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Semaphore;
import tools.jackson.databind.node.ObjectNode;

/// `/v1/files`. A file that its asker's key is not for is no more there for him than another owner's.
public final class FilesEndpoint {
    /// Files that are received at the same time: each may take as many bytes of the disk as one file may have.
    private static final int MOST_UPLOADS = 8;

    private static final long RETRY_SECONDS = 5;

    private final Files files;
    private final Semaphore uploads = new Semaphore(MOST_UPLOADS);

    public FilesEndpoint(Files files) {
        this.files = files;
    }

    /// Whoever is refused while he is still sending is heard for a while, as he may not listen before. A form that was not read to
    /// its end leaves a connection that cannot be used again, and is said to be closed.
    public void upload(Context context) {
        try {
            receive(context);
        } catch (Refused | SartorException e) {
            context.header("Connection", "close");
            Unread.drain(context);
            throw e;
        }
    }

    private void receive(Context context) {
        var caller = Caller.of(context);
        reached(caller);
        var owner = Owner.of(caller.principal());
        refuseFull(owner, context.req().getContentLengthLong() - Upload.MOST_FORM_BYTES);
        if (!uploads.tryAcquire()) {
            throw new Refused(
                    Failure.busy(
                            MOST_UPLOADS
                                    + " files are being received, which is all that this server takes on: try again later.",
                            RETRY_SECONDS));
        }
        try (var upload = Upload.of(context.req(), files);
                var content = upload.content()) {
            caller.require(scope(upload.purpose()));
            refuseFull(owner, upload.file().getSize());
            Reply.send(
                    context,
                    200,
                    json(files.keep(owner, upload.purpose(), upload.name(), content)));
        } catch (IOException e) {
            throw new Refused(
                    Failure.client(
                            400, "The file ended before its end: send it again.", "invalid_form"));
        } finally {
            uploads.release();
        }
    }

    private void refuseFull(Owner owner, long bytes) {
        files.whyFull(owner, Math.max(0, bytes))
                .ifPresent(why -> {
                    throw new Refused(Failure.client(400, why, "storage_full"));
                });
    }

    public void list(Context context) {
        var caller = Caller.of(context);
        var purposes = EnumSet.copyOf(reached(caller));
        var page = Asked.page(context, Page.MOST, Page.MOST, Set.of("purpose", "order"));
        var named = context.queryParam("purpose");
        if (named != null) {
            var purpose =
                    Purpose.of(named)
                            .orElseThrow(() ->
                                    Asked.wrong(
                                            "purpose", "must be fine-tune, batch or batch_output"));
            purposes.retainAll(EnumSet.of(purpose));
        }
        var part = files.list(Owner.of(caller.principal()), purposes, page);
        Reply.send(context, 200, Asked.list(part, FilesEndpoint::json, StoredFile::id));
    }

    public void one(Context context) {
        Reply.send(context, 200, json(found(context)));
    }

    public void content(Context context) {
        var file = found(context);
        var content =
                files.content(Owner.of(Caller.of(context).principal()), file.id())
                        .orElseThrow(() -> missing(file.id()));
        context.contentType("application/octet-stream")
                .header("Content-Disposition", "attachment")
                .header("X-Content-Type-Options", "nosniff")
                .result(content);
    }

    public void delete(Context context) {
        var file = found(context);
        if (!files.delete(Owner.of(Caller.of(context).principal()), file.id())) {
            throw missing(file.id());
        }
        Reply.send(
                context,
                200,
                Json.mapper()
                        .createObjectNode()
                        .put("id", file.id())
                        .put("object", "file")
                        .put("deleted", true));
    }

    private StoredFile found(Context context) {
        var caller = Caller.of(context);
        var purposes = reached(caller);
        var id = context.pathParam("id");
        return files.find(Owner.of(caller.principal()), id)
                .filter(file -> purposes.contains(file.purpose()))
                .orElseThrow(() -> missing(id));
    }

    private static Refused missing(String id) {
        return new Refused(Failure.noSuch("file", id));
    }

    /// What the caller's key reaches.
    private static Set<Purpose> reached(Caller caller) {
        var purposes = EnumSet.noneOf(Purpose.class);
        for (var purpose : Purpose.values()) {
            if (caller.scopes().contains(scope(purpose))) {
                purposes.add(purpose);
            }
        }
        if (purposes.isEmpty()) {
            caller.require(Scope.TUNE);
        }
        return purposes;
    }

    /// What a key must be for that reaches such files.
    private static Scope scope(Purpose purpose) {
        return switch (purpose) {
            case FINE_TUNE -> Scope.TUNE;
            case BATCH, BATCH_OUTPUT -> Scope.INFER;
        };
    }

    private static ObjectNode json(StoredFile file) {
        return Json.mapper()
                .createObjectNode()
                .put("id", file.id())
                .put("object", "file")
                .put("bytes", file.bytes())
                .put("created_at", file.created().getEpochSecond())
                .put("filename", file.name())
                .put("purpose", file.purpose().text())
                .put("status", "processed");
    }
}
