package dev.sartor.cli.serve;

import dev.sartor.core.SartorException;
import dev.sartor.prompt.version.PromptVersions;
import dev.sartor.serve.ServedModel;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A candidate under the versions of its task's prompt. Where its task follows the promoted one, the file that names it is
/// read at each request: what is promoted answers from the next request on, and what runs ends with the version that it began
/// with. A version that cannot be taken up, or read, is not: the one before stays, and the log says why. Thread-safe.
final class FollowedPrompt {
    /// Versions that are held open; the one that was asked for least lately is let go.
    static final int MOST_OPEN = 16;

    private static final Logger LOG = LoggerFactory.getLogger(FollowedPrompt.class);
    private static final String AT = "@";

    private final String name;
    private final PromptedModel model;
    private final PromptVersions versions;
    private final boolean follows;
    private final ServedModel first;
    private final ReentrantLock changing = new ReentrantLock();
    private final Map<String, ServedModel> known = new ConcurrentHashMap<>();
    private final LatelyOpened open = new LatelyOpened(MOST_OPEN);
    private volatile ServedModel current;
    private volatile String told = "";
    private final Set<String> warned = ConcurrentHashMap.newKeySet();

    /// @param name by which clients ask for the candidate
    /// @param follows whether the promoted version counts
    FollowedPrompt(String name, PromptedModel model, PromptVersions versions, boolean follows) {
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
        this.current = first;
    }

    String name() {
        return name;
    }

    /// Whether another version may answer under the candidate's own name.
    boolean follows() {
        return follows;
    }

    /// The names of its versions: `NAME@ID` each.
    List<String> versionNames() {
        return model.fixed().isPresent()
                ? List.of()
                : versions.ids().stream().map(id -> name + AT + id).toList();
    }

    /// What answers under a name; empty where the name is none of this candidate's.
    Optional<ServedModel> find(String asked) {
        if (asked.equals(name)) {
            return Optional.of(now());
        }
        var beginning = name + AT;
        return asked.startsWith(beginning)
                ? version(asked.substring(beginning.length()))
                : Optional.empty();
    }

    private ServedModel now() {
        if (follows && promoted().filter(id -> !isCurrent(id)).isPresent()) {
            changing.lock();
            try {
                // Read again: whoever waited here may know of an older one.
                promoted().filter(id -> !isCurrent(id)).ifPresent(this::takeUp);
            } finally {
                changing.unlock();
            }
        }
        return current;
    }

    private boolean isCurrent(String id) {
        return current.prompt().filter(id::equals).isPresent();
    }

    private Optional<String> promoted() {
        try {
            var promoted = versions.promoted();
            if (promoted.isEmpty()) {
                tell("no version is promoted any more");
            }
            return promoted;
        } catch (SartorException e) {
            tell(String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private void takeUp(String id) {
        try {
            model.fixed()
                    .ifPresent(why -> {
                        throw why;
                    });
            var version = kept(id);
            if (version.responder() instanceof OpenedLate late) {
                late.open();
            }
            LOG.info(
                    "{} answers with the prompt's version {} from now on, not {}",
                    name,
                    id,
                    current.prompt().orElse(""));
            current = version;
            told = "";
        } catch (SartorException e) {
            tell(String.valueOf(e.getMessage()));
        }
    }

    /// Once for each reason.
    private void tell(String why) {
        if (!told.equals(why)) {
            told = why;
            LOG.warn(
                    "{} goes on with the prompt's version {}: {}",
                    name,
                    current.prompt().orElse(""),
                    why);
        }
    }

    /// Who asks for a version of a candidate that can have no other is told so, if he may call it.
    private Optional<ServedModel> version(String id) {
        if (isCurrent(id)) {
            return Optional.of(current);
        }
        if (isFirst(id)) {
            return Optional.of(first);
        }
        if (!PromptVersions.isId(id) || !Files.isRegularFile(versions.file(id))) {
            return Optional.empty();
        }
        try {
            return Optional.of(kept(id));
        } catch (SartorException e) {
            if (warned.add(id)) {
                LOG.warn("{}@{} is not served: {}", name, id, e.getMessage());
            }
            return Optional.empty();
        }
    }

    private boolean isFirst(String id) {
        return first.prompt().filter(id::equals).isPresent();
    }

    /// What a version says never changes: it is read once.
    private ServedModel kept(String id) {
        if (isFirst(id)) {
            return first;
        }
        var seen = Optional.ofNullable(known.get(id));
        if (seen.isPresent()) {
            return seen.get();
        }
        var content = versions.read(id).content();
        var served =
                new ServedModel(
                        new OpenedLate(() -> model.under(content), open::asked),
                        model.readers(content),
                        model.form(),
                        Optional.of(id));
        return Optional.ofNullable(known.putIfAbsent(id, served)).orElse(served);
    }
}
