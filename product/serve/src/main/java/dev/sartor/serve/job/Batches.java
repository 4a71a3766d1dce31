package dev.sartor.serve.job;

import java.util.Optional;

/// Batches of callers. Whoever is not a batch's owner is told the same of it as of one that is not there. Thread-safe.
public interface Batches {
    /// Puts a batch into the line.
    ///
    /// @param key the id of its maker's key, which must hold when its lines are answered; empty where none is needed
    /// @throws dev.sartor.core.SartorException a user's error where the owner has too many that are not done
    Batch create(Owner owner, Optional<String> key, BatchRequest request);

    Page.Part<Batch> list(Owner owner, Page page);

    Optional<Batch> find(Owner owner, String id);

    /// The batch as it is then; empty where there is no such.
    Optional<Batch> cancel(Owner owner, String id);
}
