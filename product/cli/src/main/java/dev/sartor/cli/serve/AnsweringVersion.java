package dev.sartor.cli.serve;

import dev.sartor.core.SartorException;
import dev.sartor.serve.ServedModel;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The version that answers under a candidate's own name: for one tenant's callers, or for all others. One that cannot be taken up,
/// or read, is not: the one before stays, and the log says why, once for each reason. Thread-safe.
final class AnsweringVersion {
    private static final Logger LOG = LoggerFactory.getLogger(AnsweringVersion.class);

    private final String name;
    private final Function<String, ServedModel> opening;
    private final ReentrantLock changing = new ReentrantLock();
    private volatile Optional<ServedModel> current;
    private volatile String told = "";

    /// @param name for the log
    /// @param opening takes up the version with an id, or throws a user's error
    /// @param current before anything is promoted
    AnsweringVersion(
            String name, Function<String, ServedModel> opening, Optional<ServedModel> current) {
        this.name = name;
        this.opening = opening;
        this.current = current;
    }

    /// @param promoted the id of what is promoted, as it was found for the request
    /// @param again looked at once more, as whoever waited for another may know of an older one
    /// @return empty where no version could be taken up yet
    Optional<ServedModel> now(
            Supplier<Optional<String>> promoted, Supplier<Optional<String>> again) {
        if (read(promoted).isPresent()) {
            changing.lock();
            try {
                read(again).ifPresent(this::takeUp);
            } finally {
                changing.unlock();
            }
        }
        return current;
    }

    boolean is(String id) {
        return current.flatMap(ServedModel::prompt).filter(id::equals).isPresent();
    }

    /// Another one than answers now.
    private Optional<String> read(Supplier<Optional<String>> promoted) {
        try {
            var id = promoted.get();
            if (id.isEmpty()) {
                tell("no version is promoted any more");
            }
            return id.filter(each -> !is(each));
        } catch (SartorException e) {
            tell(String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private void takeUp(String id) {
        try {
            var version = opening.apply(id);
            LOG.info(
                    "{} answers with the prompt's version {} from now on, not {}",
                    name,
                    id,
                    before());
            current = Optional.of(version);
            told = "";
        } catch (SartorException e) {
            tell(String.valueOf(e.getMessage()));
        }
    }

    private String before() {
        return current.flatMap(ServedModel::prompt).orElse("that of all");
    }

    private void tell(String why) {
        if (!told.equals(why)) {
            told = why;
            LOG.warn("{} goes on with the prompt's version {}: {}", name, before(), why);
        }
    }
}
