package dev.sartor.cli.serve;

import dev.sartor.cli.serve.ServedVersions.Owned;
import dev.sartor.core.Readers;
import dev.sartor.core.SartorException;
import dev.sartor.serve.ServedModel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A candidate under the versions of its task's prompt. Where its task follows the promoted one, what names it, in the server's
/// state or in a file, is looked at for each request: what is promoted answers from the next request on, and what runs ends
/// with the version that it began with. Callers of a tenant are answered by its own version where it has one, which nobody else
/// can name. Thread-safe.
final class FollowedPrompt {
    /// Versions that are held open; the one that was asked for least lately is let go.
    static final int MOST_OPEN = 16;

    private static final Logger LOG = LoggerFactory.getLogger(FollowedPrompt.class);
    private static final String AT = "@";

    private final String name;
    private final PromptedModel model;
    private final ServedVersions versions;
    private final boolean follows;
    private final ServedModel first;
    private final AnsweringVersion everyones;
    private final Map<String, AnsweringVersion> tenants = new ConcurrentHashMap<>();
    private final Map<Owned, ServedModel> known = new ConcurrentHashMap<>();
    private final LatelyOpened open = new LatelyOpened(MOST_OPEN);
    private final Set<Owned> warned = ConcurrentHashMap.newKeySet();

    /// @param name by which clients ask for the candidate
    /// @param follows whether the promoted version counts
    FollowedPrompt(String name, PromptedModel model, ServedVersions versions, boolean follows) {
        this.name = name;
        this.model = model;
        this.versions = versions;
        this.follows = follows;
        this.first =
                new ServedModel(
                        model.responder(),
                        model.readers(),
                        model.form(),
                        Optional.of(model.prompt().id()));
        this.everyones =
                new AnsweringVersion(
                        name, id -> takenUp(new Owned(id, Optional.empty())), Optional.of(first));
    }

    String name() {
        return name;
    }

    /// Whether another version may answer under the candidate's own name.
    boolean follows() {
        return follows;
    }

    /// The names of the versions that a caller may know of: `NAME@ID` each.
    List<String> versionNames(Optional<String> tenant) {
        return model.fixed().isPresent()
                ? List.of()
                : versions.ids(tenant).stream().map(id -> name + AT + id).toList();
    }

    /// What answers under a name; empty where the name is none of this candidate's.
    ///
    /// @param tenant the caller's
    Optional<ServedModel> find(String asked, Optional<String> tenant) {
        if (asked.equals(name)) {
            return Optional.of(follows ? now(tenant) : first);
        }
        var beginning = name + AT;
        return asked.startsWith(beginning)
                ? version(asked.substring(beginning.length()), tenant)
                : Optional.empty();
    }

    private ServedModel now(Optional<String> tenant) {
        var now = versions.now();
        return tenant.flatMap(
                        own -> {
                            var promoted = versions.promotedFor(own, now);
                            if (promoted.isEmpty()) {
                                tenants.remove(
                                        own); // taken back: what it was before counts no more
                                return Optional.empty();
                            }
                            return tenants.computeIfAbsent(own, this::ofTenant)
                                    .now(
                                            () -> promoted,
                                            () ->
                                                    versions.promotedFor(own, versions.now())
                                                            .or(() -> promoted));
                        })
                .or(() ->
                        everyones.now(
                                () -> versions.promoted(now),
                                () -> versions.promoted(versions.now())))
                .orElse(first);
    }

    private AnsweringVersion ofTenant(String own) {
        return new AnsweringVersion(
                name + " of tenant " + own,
                id -> takenUp(new Owned(id, Optional.of(own))),
                Optional.empty());
    }

    private ServedModel takenUp(Owned owned) {
        model.fixed()
                .ifPresent(why -> {
                    throw why;
                });
        var version = kept(owned);
        if (version.responder() instanceof OpenedLate late) {
            late.open();
        }
        return version;
    }

    /// Who asks for a version of a candidate that can have no other is told so, if he may call it.
    private Optional<ServedModel> version(String id, Optional<String> tenant) {
        if (isFirst(id)) {
            return Optional.of(first);
        }
        if (everyones.is(id)) {
            return Optional.of(kept(new Owned(id, Optional.empty())));
        }
        return versions.find(id, tenant).flatMap(this::readable);
    }

    private Optional<ServedModel> readable(Owned owned) {
        try {
            return Optional.of(kept(owned));
        } catch (SartorException e) {
            if (warned.add(owned)) {
                LOG.warn("{}@{} is not served: {}", name, owned.id(), e.getMessage());
            }
            return Optional.empty();
        }
    }

    private boolean isFirst(String id) {
        return first.prompt().filter(id::equals).isPresent();
    }

    /// What a version says never changes: it is read once. A tenant's is that tenant's alone, also where its words are others', too.
    private ServedModel kept(Owned owned) {
        if (owned.tenant().isEmpty() && isFirst(owned.id())) {
            return first;
        }
        var seen = Optional.ofNullable(known.get(owned));
        if (seen.isPresent()) {
            return seen.get();
        }
        var content = versions.content(owned);
        var own =
                owned.tenant()
                        .map(tenant -> Readers.anyOf(List.of("tenant:" + tenant)))
                        .orElse(Readers.everyone());
        var served =
                new ServedModel(
                        new OpenedLate(() -> model.under(content), open::asked),
                        model.readers(content).and(own),
                        model.form(),
                        Optional.of(owned.id()));
        return Optional.ofNullable(known.putIfAbsent(owned, served)).orElse(served);
    }
}
