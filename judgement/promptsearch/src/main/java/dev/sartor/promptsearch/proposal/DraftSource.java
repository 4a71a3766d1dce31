package dev.sartor.promptsearch.proposal;

import java.util.Optional;

/// Something that makes prompts to try, one after another. The same pool gives the same prompts again.
public interface DraftSource {
    /// Empty where it has none now; it may have some when others have joined the pool.
    Optional<Draft> next(Pool pool);
}
