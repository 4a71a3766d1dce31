package dev.sartor.state;

import dev.sartor.core.Json;
import dev.sartor.serve.job.JobEvent;
import dev.sartor.serve.job.Owner;
import dev.sartor.serve.job.Page;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.statement.StatementContext;

/// The jobs of one folder, which one server has, and what happened in them. A change is on the disk when it returns, and sees what
/// the one before it left. Thread-safe.
public final class StoredJobs {
    private final Database database;
    private final Clock clock;
    private final String place;
    private final ReentrantLock changing = new ReentrantLock();

    StoredJobs(Database database, Clock clock, String place) {
        this.database = database;
        this.clock = clock;
        this.place = place;
    }

    /// Adds a job, unless its owner has too many of its kind that are in these states.
    ///
    /// @return whether it was added
    public boolean add(StoredJob job, Collection<String> open, int mostOpen) {
        return inTurn(handle -> {
            long now =
                    handle.createQuery(
                                    "SELECT count(*) FROM jobs WHERE place = :place AND owner = :owner"
                                            + " AND kind = :kind AND status IN (<open>)")
                            .bind("place", place)
                            .bind("owner", job.owner().name())
                            .bind("kind", job.kind())
                            .bindList("open", List.copyOf(open))
                            .mapTo(Long.class)
                            .one();
            if (now >= mostOpen) {
                return false;
            }
            handle.createUpdate(
                            "INSERT INTO jobs (id, place, kind, owner, status, created, body)"
                                    + " VALUES (:id, :place, :kind, :owner, :status, :created, :body)")
                    .bind("id", job.id())
                    .bind("place", place)
                    .bind("kind", job.kind())
                    .bind("owner", job.owner().name())
                    .bind("status", job.status())
                    .bind("created", job.created().toEpochMilli())
                    .bind("body", job.body().toString())
                    .execute();
            return true;
        });
    }

    public Optional<StoredJob> find(String kind, Owner owner, String id) {
        return database.transaction(handle ->
                one(handle, id)
                        .filter(job -> job.kind().equals(kind) && job.owner().equals(owner)));
    }

    public Page.Part<StoredJob> list(String kind, Owner owner, Page page) {
        if (!kind.matches("[a-z_]+")) {
            throw new IllegalArgumentException(kind);
        }
        return database.transaction(handle ->
                Pages.of(
                        handle,
                        new Pages.Source("jobs", place, owner),
                        " AND kind = '" + kind + "'",
                        page,
                        StoredJobs::job));
    }

    /// Those in some states, the oldest first, whoever has them.
    public List<StoredJob> in(String kind, Collection<String> states) {
        return database.transaction(handle ->
                handle.createQuery(
                                "SELECT * FROM jobs WHERE place = :place AND kind = :kind AND status IN (<states>)"
                                        + " ORDER BY created, id")
                        .bind("place", place)
                        .bind("kind", kind)
                        .bindList("states", List.copyOf(states))
                        .map(StoredJobs::job)
                        .list());
    }

    /// Changes a job as it is now.
    ///
    /// @return the job afterwards; empty where there is none
    public Optional<StoredJob> change(String id, UnaryOperator<StoredJob> change) {
        return inTurn(handle ->
                one(handle, id).map(before -> changed(handle, before, change.apply(before))));
    }

    private <T> T inTurn(HandleCallback<T, RuntimeException> work) {
        changing.lock();
        try {
            return database.transaction(work);
        } finally {
            changing.unlock();
        }
    }

    private static StoredJob changed(Handle handle, StoredJob before, StoredJob after) {
        if (!before.equals(after)) {
            handle.createUpdate("UPDATE jobs SET status = :status, body = :body WHERE id = :id")
                    .bind("status", after.status())
                    .bind("body", after.body().toString())
                    .bind("id", after.id())
                    .execute();
        }
        return after;
    }

    private Optional<StoredJob> one(Handle handle, String id) {
        return handle.createQuery("SELECT * FROM jobs WHERE id = :id AND place = :place")
                .bind("id", id)
                .bind("place", place)
                .map(StoredJobs::job)
                .findOne();
    }

    /// Keeps that something happened.
    ///
    /// @param metrics of a step; empty for a message
    public void tell(String id, JobEvent.Level level, String message, Map<String, Double> metrics) {
        inTurn(handle ->
                handle.createUpdate(
                                "INSERT INTO job_events (job, number, created, level, message, metrics)"
                                        + " SELECT :job, coalesce(max(number), 0) + 1, :created, :level, :message,"
                                        + " :metrics FROM job_events WHERE job = :job")
                        .bind("job", id)
                        .bind("created", clock.instant().toEpochMilli())
                        .bind("level", level.name())
                        .bind("message", message)
                        .bind("metrics", Json.line(metrics))
                        .execute());
    }

    /// Of a job that the caller may know of.
    public Page.Part<JobEvent> events(String job, Page page) {
        long after =
                page.after()
                        .map(id -> number(job, id))
                        .orElse(page.newestFirst() ? Long.MAX_VALUE : 0L);
        return database.transaction(handle ->
                Page.Part.of(
                        handle.createQuery(
                                        "SELECT * FROM job_events WHERE job = :job AND number "
                                                + (page.newestFirst()
                                                        ? "< :after ORDER BY number DESC"
                                                        : "> :after ORDER BY number")
                                                + " LIMIT :most")
                                .bind("job", job)
                                .bind("after", after)
                                .bind("most", page.limit() + 1)
                                .map(StoredJobs::event)
                                .list(),
                        page.limit()));
    }

    /// The last event whose message is like a pattern of SQL's.
    public Optional<JobEvent> lastWith(String job, String pattern) {
        return database.transaction(handle ->
                handle.createQuery(
                                "SELECT * FROM job_events WHERE job = :job AND message LIKE :pattern"
                                        + " ORDER BY number DESC LIMIT 1")
                        .bind("job", job)
                        .bind("pattern", pattern)
                        .map(StoredJobs::event)
                        .findOne());
    }

    /// An event that is not the job's stands behind all of them.
    private static long number(String job, String id) {
        var digits = id.startsWith(prefix(job)) ? id.substring(prefix(job).length()) : "";
        return digits.matches("\\d{1,12}") ? Long.parseLong(digits) : 0;
    }

    private static String prefix(String job) {
        return "ftevent-" + job.substring(job.lastIndexOf('-') + 1) + "-";
    }

    private static JobEvent event(ResultSet row, StatementContext context) throws SQLException {
        var metrics = new HashMap<String, Double>();
        Json.mapper()
                .readTree(row.getString("metrics"))
                .properties()
                .forEach(each -> metrics.put(each.getKey(), each.getValue().doubleValue()));
        return new JobEvent(
                prefix(row.getString("job")) + row.getLong("number"),
                Instant.ofEpochMilli(row.getLong("created")),
                JobEvent.Level.valueOf(row.getString("level")),
                row.getString("message"),
                metrics);
    }

    private static StoredJob job(ResultSet row, StatementContext context) throws SQLException {
        return new StoredJob(
                row.getString("id"),
                row.getString("kind"),
                new Owner(row.getString("owner")),
                row.getString("status"),
                Instant.ofEpochMilli(row.getLong("created")),
                StoredJob.parsed(row.getString("body")));
    }
}
