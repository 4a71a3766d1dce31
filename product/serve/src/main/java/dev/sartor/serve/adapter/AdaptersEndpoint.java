package dev.sartor.serve.adapter;

import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.serve.AdapterStore;
import dev.sartor.serve.ServedModels;
import dev.sartor.serve.http.Admission;
import dev.sartor.serve.http.Attended;
import dev.sartor.serve.http.Caller;
import dev.sartor.serve.http.ClientGone;
import dev.sartor.serve.http.Demand;
import dev.sartor.serve.http.Doors;
import dev.sartor.serve.http.Failure;
import dev.sartor.serve.http.Meters;
import dev.sartor.serve.http.Refused;
import dev.sartor.serve.http.Reply;
import dev.sartor.serve.http.Trail;
import dev.sartor.serve.http.Unread;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// `/v1/adapters`: adapters that are attached, replaced and detached while others answer.
public final class AdaptersEndpoint {
    private static final String TAR = "application/x-tar";
    private static final String ZIP = "application/zip";

    /// Bytes of an archive besides the files of the adapter.
    private static final long ARCHIVE_ROOM = 1 << 20;

    private static final int MOST_READERS = 100;

    private final AdapterStore store;
    private final ServedModels models;
    private final Admission admission;
    private final Meters meters;

    /// @param admission of bodies that are read, which take long
    public AdaptersEndpoint(
            AdapterStore store, ServedModels models, Admission admission, Meters meters) {
        this.store = store;
        this.models = models;
        this.admission = admission;
        this.meters = meters;
    }

    public void list(Context context) {
        var rights = new AdapterRights(Caller.of(context));
        var list = Json.mapper().createObjectNode().put("object", "list");
        var data = list.putArray("data");
        store.all().stream()
                .filter(rights::maySee)
                .forEach(adapter -> data.add(json(adapter, rights)));
        Reply.send(context, 200, list);
    }

    public void one(Context context) {
        var rights = new AdapterRights(Caller.of(context));
        var name = context.pathParam("name");
        var adapter = seen(name, rights).orElseThrow(() -> unknown(name));
        Trail.of(context).adapter(name, Optional.of(adapter.digest()));
        Reply.send(context, 200, json(adapter, rights));
    }

    /// Whoever is refused while he is still sending is heard for a while, as he may not listen before.
    public void attach(Context context) {
        try {
            attachSent(context);
        } catch (Refused | SartorException e) {
            Unread.drain(context);
            throw e;
        }
    }

    private void attachSent(Context context) {
        var caller = Caller.of(context);
        var rights = new AdapterRights(caller);
        var name = context.pathParam("name");
        rights.requireToAttach(name, models);
        Trail.of(context).adapter(name, Optional.empty());
        var readers = rights.readers(name, readers(context));
        var isTar = isTar(context);
        refuseTooLong(context);
        boolean isNew = store.find(name).isEmpty();
        var reply =
                new Attended(
                                Doors.uncounted(admission),
                                caller,
                                Demand.withoutTokens(),
                                () -> false)
                        .run(_ -> {
                            var sent = sent(context, isTar);
                            var attached =
                                    store.attach(
                                            new AdapterStore.Wanted(
                                                    name,
                                                    AdapterRights.ownerOf(name),
                                                    readers,
                                                    rights.most(name),
                                                    sent,
                                                    digest -> begin(context, name, digest)));
                            return with(json(attached, rights), sent.leftOut());
                        });
        Reply.send(context, isNew ? 201 : 200, reply);
    }

    private static void begin(Context context, String name, String digest) {
        Trail.of(context).adapter(name, Optional.of(digest));
        Trail.of(context).begin();
    }

    private static ObjectNode with(ObjectNode adapter, List<String> leftOut) {
        var list = adapter.putArray("left_out");
        leftOut.forEach(list::add);
        return adapter;
    }

    public void detach(Context context) {
        var rights = new AdapterRights(Caller.of(context));
        rights.requireAny();
        var name = context.pathParam("name");
        var adapter = seen(name, rights).orElseThrow(() -> unknown(name));
        if (!rights.mayChange(name)) {
            throw rights.notYours();
        }
        Trail.of(context).adapter(name, Optional.of(adapter.digest()));
        if (!store.detach(name, () -> Trail.of(context).begin())) {
            throw unknown(name);
        }
        meters.forget(name);
        Reply.send(
                context,
                200,
                Json.mapper()
                        .createObjectNode()
                        .put("id", name)
                        .put("object", "adapter.deleted")
                        .put("deleted", true));
    }

    private Optional<AdapterStore.Attached> seen(String name, AdapterRights rights) {
        return store.find(name).filter(rights::maySee);
    }

    private static Refused unknown(String name) {
        return new Refused(Failure.noSuchAdapter(name));
    }

    private static List<String> readers(Context context) {
        var unknown =
                context.queryParamMap().keySet().stream()
                        .filter(each -> !each.equals("readers"))
                        .sorted()
                        .findFirst();
        var readers = context.queryParams("readers");
        if (unknown.isPresent() || readers.size() > MOST_READERS) {
            throw new Refused(
                    Failure.client(
                            400,
                            unknown.map(each ->
                                            "The only parameter is readers, for each name once.")
                                    .orElse("readers may be given " + MOST_READERS + " times."),
                            Optional.of("readers"),
                            "unknown_parameter"));
        }
        return readers;
    }

    private static boolean isTar(Context context) {
        var type = String.valueOf(context.req().getContentType()).toLowerCase(Locale.ROOT);
        if (!type.equals(TAR) && !type.equals(ZIP)) {
            throw new Refused(
                    Failure.client(
                            415,
                            "The request needs the header 'Content-Type: "
                                    + TAR
                                    + "' or '"
                                    + ZIP
                                    + "', and a body of that kind with "
                                    + AdapterStore.SETTINGS
                                    + " and "
                                    + AdapterStore.WEIGHTS
                                    + ".",
                            "unsupported_media_type"));
        }
        return type.equals(TAR);
    }

    private long most() {
        return store.mostBytes() + ARCHIVE_ROOM;
    }

    private void refuseTooLong(Context context) {
        if (context.req().getContentLengthLong() > most()) {
            throw MeteredBody.tooLarge(most());
        }
    }

    private SentAdapter sent(Context context, boolean isTar) {
        var body = new MeteredBody(body(context), most());
        return new SentAdapter(isTar ? new TarArchive(body) : new ZipArchive(body), most());
    }

    private static InputStream body(Context context) {
        try {
            return context.req().getInputStream();
        } catch (IOException e) {
            throw new ClientGone(e);
        }
    }

    /// What keepers and owners are told; others who may call it are told less.
    private static ObjectNode json(AdapterStore.Attached adapter, AdapterRights rights) {
        var json =
                Json.mapper()
                        .createObjectNode()
                        .put("id", adapter.name())
                        .put("object", "adapter")
                        .put("created", adapter.since().getEpochSecond())
                        .put("digest", "sha256:" + adapter.digest())
                        .put("rank", adapter.rank())
                        .put("bytes", adapter.bytes());
        if (rights.mayChange(adapter.name())) {
            json.put("owner", adapter.owner().orElse(null));
            var readers = json.putArray("readers");
            adapter.readers()
                    .sorted()
                    .forEach(clause -> {
                        var names = readers.addArray();
                        clause.forEach(names::add);
                    });
        }
        return json;
    }
}
