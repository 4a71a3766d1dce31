package dev.sartor.cli.keys;

import dev.sartor.core.Json;
import dev.sartor.serve.Scope;
import dev.sartor.state.StoredKey;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// Keys as they are shown, all times in UTC.
final class KeyText {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private KeyText() {}

    static String time(Instant moment) {
        return TIME.format(moment);
    }

    static String time(Optional<Instant> moment) {
        return moment.map(KeyText::time).orElse("-");
    }

    static List<String> scopes(StoredKey key) {
        return key.grant().scopes().stream().sorted().map(Scope::text).toList();
    }

    static String holder(StoredKey key) {
        return String.join(", ", key.grant().principal().sorted());
    }

    static String status(StoredKey key, Instant now) {
        if (key.revoked().isPresent()) {
            return "revoked";
        }
        if (!key.holdsAt(now)) {
            return key.replacedBy().map(by -> "rotated to " + by).orElse("expired");
        }
        return key.replacedBy().map(by -> "holds beside " + by).orElse("holds");
    }

    static ObjectNode json(StoredKey key, Instant now) {
        var json = Json.mapper().createObjectNode().put("id", key.id());
        json.put("user", key.grant().user().orElse(null));
        var groups = json.putArray("groups");
        key.grant().groups().forEach(groups::add);
        json.put("tenant", key.grant().tenant().orElse(null));
        var scopes = json.putArray("scopes");
        scopes(key).forEach(scopes::add);
        json.put("created", key.created().toString());
        json.put("expires", key.grant().expires().map(Instant::toString).orElse(null));
        json.put("revoked", key.revoked().map(Instant::toString).orElse(null));
        json.put("replaced_by", key.replacedBy().orElse(null));
        json.put("holds", key.holdsAt(now));
        return json;
    }
}
