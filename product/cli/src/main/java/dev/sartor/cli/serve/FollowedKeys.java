package dev.sartor.cli.serve;

import dev.sartor.core.SartorException;
import dev.sartor.serve.ApiKey;
import dev.sartor.serve.Keys;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/// The keys of a file as it is at each request: the file is read each time, as neither its size nor its time tells of every
/// change, and understood anew where it holds something else. While it cannot be read or understood none of its keys
/// holds, as one that was taken back may be among them. Thread-safe.
final class FollowedKeys implements Keys {
    private static final Logger LOG = LoggerFactory.getLogger(FollowedKeys.class);

    /// A changed file is read twice, this far apart, and counts where both readings agree: whoever writes into it, in place
    /// of putting another there, is mostly done by then.
    private static final long SETTLING_MILLIS = 50;

    private final Path file;
    private final List<ApiKey> always;
    private final ReentrantLock changing = new ReentrantLock();
    private volatile Known known;

    /// @param held by what was read
    private record Known(Reading reading, Held held) {}

    /// The file's text, or why there is none.
    private record Reading(Optional<String> text, String failure) {}

    private FollowedKeys(Path file, List<ApiKey> always) {
        this.file = file;
        this.always = List.copyOf(always);
        var text = KeysFile.text(file);
        var content = KeysFile.content(file, text);
        content.problems().throwIfAny();
        this.known = new Known(new Reading(Optional.of(text), ""), with(content.keys()));
    }

    /// @param always keys that hold beside the file's, whatever becomes of it
    /// @throws SartorException a user's error where the file cannot be read or understood now
    static FollowedKeys open(Path file, List<ApiKey> always) {
        return new FollowedKeys(file, always);
    }

    @Override
    public Held now() {
        var now = known;
        return now.reading().equals(reading()) ? now.held() : changed();
    }

    private Reading reading() {
        try {
            return new Reading(Optional.of(KeysFile.text(file)), "");
        } catch (SartorException e) {
            return new Reading(Optional.empty(), String.valueOf(e.getMessage()));
        }
    }

    private Held changed() {
        changing.lock();
        try {
            var reading = reading();
            if (!known.reading().equals(reading)) {
                Thread.sleep(SETTLING_MILLIS);
                if (!reading.equals(reading())) {
                    return unconfirmed();
                }
                known = new Known(reading, understood(reading));
            }
            return known.held();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return unconfirmed();
        } finally {
            changing.unlock();
        }
    }

    private Held understood(Reading reading) {
        if (reading.text().isEmpty()) {
            return refused(reading.failure());
        }
        var content = KeysFile.content(file, reading.text().get());
        if (!content.problems().isEmpty()) {
            return refused(String.join("\n", content.problems().all()));
        }
        LOG.atLevel(known.held().areAll() ? Level.INFO : Level.WARN)
                .log("{} has changed; {} keys hold from now on", file, content.keys().size());
        return with(content.keys());
    }

    private Held refused(String why) {
        LOG.warn("no key of {} holds until it can be read and understood again: {}", file, why);
        return unconfirmed();
    }

    private Held with(List<ApiKey> keys) {
        var all = new ArrayList<>(keys);
        all.addAll(always);
        return new Held(all, true);
    }

    private Held unconfirmed() {
        return new Held(always, false);
    }
}
