package dev.sartor.state;

import dev.sartor.core.Json;
import dev.sartor.serve.job.Owner;
import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/// A job as it is kept.
///
/// @param kind of work, such as `fine_tuning`
/// @param status as its kind writes it
/// @param body what is asked, and what came of it
public record StoredJob(
        String id, String kind, Owner owner, String status, Instant created, ObjectNode body) {
    public StoredJob {
        body = body.deepCopy();
    }

    /// A copy, which may be changed.
    @Override
    public ObjectNode body() {
        return body.deepCopy();
    }

    public StoredJob with(String newStatus, ObjectNode newBody) {
        return new StoredJob(id, kind, owner, newStatus, created, newBody);
    }

    /// The same in another state.
    public StoredJob with(String newStatus) {
        return with(newStatus, body);
    }

    static ObjectNode parsed(String text) {
        return (ObjectNode) Json.mapper().readTree(text);
    }
}
