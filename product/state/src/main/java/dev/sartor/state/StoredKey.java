package dev.sartor.state;

import java.time.Instant;
import java.util.Optional;

/// A key that was issued, without its secret, which is nowhere.
///
/// @param id by which it is named; tells nothing of the secret
/// @param revoked the moment from which it does not hold, whatever else is said
/// @param replacedBy the id of the key that it was rotated to
public record StoredKey(
        String id,
        KeyGrant grant,
        Instant created,
        Optional<Instant> revoked,
        Optional<String> replacedBy) {
    /// Whether it lets its holder in.
    public boolean holdsAt(Instant moment) {
        return revoked.isEmpty() && grant.expires().map(moment::isBefore).orElse(true);
    }
}
