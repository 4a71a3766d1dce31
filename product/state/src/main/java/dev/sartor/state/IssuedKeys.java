package dev.sartor.state;

import dev.sartor.core.SartorException;
import dev.sartor.core.file.Sha256;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.Handle;

/// Makes keys, and takes them back. What it says holds for every server on the same database from the next request on.
/// Thread-safe.
public final class IssuedKeys {
    private static final int SECRET_BYTES = 32;
    private static final int ID_BYTES = 6;

    private final Database database;
    private final Clock clock;
    private final RandomGenerator random;

    IssuedKeys(Database database, Clock clock, RandomGenerator random) {
        this.database = database;
        this.clock = clock;
        this.random = random;
    }

    /// @throws SartorException a user's error where the key would have expired already
    public NewKey create(KeyGrant grant) {
        var now = now();
        refuseIfOver(grant.expires(), now);
        return database.transaction(handle -> insert(handle, grant, now));
    }

    /// All that were ever made, the oldest first.
    public List<StoredKey> list() {
        return database.transaction(KeyRows::all);
    }

    /// A new key with the same rights, while the old one holds a little longer. A key that expires is replaced by one that
    /// lasts as long as it was made for.
    ///
    /// @param overlap how long the old one holds from now on, at most
    public NewKey rotate(String id, Duration overlap) {
        if (overlap.isNegative()) {
            throw SartorException.user("--overlap must be 0 or more, got " + overlap + ".");
        }
        return database.transaction(handle -> {
            var now = now();
            var old = found(handle, id);
            if (!old.holdsAt(now) || old.replacedBy().isPresent()) {
                throw SartorException.user(
                        "the key "
                                + id
                                + (old.replacedBy().isPresent()
                                        ? " was rotated to " + old.replacedBy().get()
                                        : " holds no more")
                                + ": rotate a key that holds, or create one.");
            }
            var lasts = old.grant().expires().map(end -> Duration.between(old.created(), end));
            var made = insert(handle, old.grant().until(lasts.map(now::plus)), now);
            KeyRows.replace(handle, old, made.key(), now.plus(overlap));
            return made;
        });
    }

    /// @return the key as it is now; one that was revoked already stays as it was
    public StoredKey revoke(String id) {
        return database.transaction(handle -> {
            found(handle, id);
            KeyRows.revoke(handle, id, now());
            return found(handle, id);
        });
    }

    private NewKey insert(Handle handle, KeyGrant grant, Instant now) {
        var secret =
                "sk-" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(SECRET_BYTES));
        var key =
                new StoredKey(
                        "key-" + HexFormat.of().formatHex(bytes(ID_BYTES)),
                        grant.until(grant.expires().map(end -> end.truncatedTo(ChronoUnit.MILLIS))),
                        now,
                        Optional.empty(),
                        Optional.empty());
        KeyRows.insert(handle, key, Sha256.of(secret));
        return new NewKey(key, secret);
    }

    private byte[] bytes(int count) {
        var bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    /// As exact as it is stored.
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static void refuseIfOver(Optional<Instant> expires, Instant now) {
        expires.filter(end -> !end.isAfter(now))
                .ifPresent(end -> {
                    throw SartorException.user(
                            "--expires must lie ahead, got " + end + ": such as --expires 90d.");
                });
    }

    private static StoredKey found(Handle handle, String id) {
        return KeyRows.find(handle, id)
                .orElseThrow(() ->
                        SartorException.user(
                                "there is no key "
                                        + id
                                        + ": `sartor keys list` shows the ids of those that there are. A secret"
                                        + " is no id."));
    }
}
