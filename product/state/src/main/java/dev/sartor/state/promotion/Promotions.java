package dev.sartor.state.promotion;

import dev.sartor.core.SartorException;
import dev.sartor.state.question.Statements;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Promotes versions of prompts for every server on the same database, and takes promotions back: what it says holds from the next
/// request on. Thread-safe.
public final class Promotions {
    /// Of what a version says.
    public static final int LONGEST_CONTENT = 1 << 20;

    private final Statements database;
    private final Clock clock;

    public Promotions(Statements database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /// Tells servers that promotions have changed.
    public static void count(Handle handle) {
        PromotionRows.count(handle);
    }

    /// Promotes a version, which travels with its content: servers need no file of it.
    ///
    /// @param content whose SHA-256 is the version's digest
    /// @return the digest of what was promoted before
    /// @throws SartorException a user's error where the content is too long
    public Optional<String> promote(PromptPlace place, String content) {
        if (content.length() > LONGEST_CONTENT) {
            throw SartorException.user(
                    "a version that is promoted in a state must have at most "
                            + LONGEST_CONTENT
                            + " characters, got "
                            + content.length()
                            + ": show fewer examples in it, or shorter ones.");
        }
        return database.transaction(handle -> {
            var before = PromotionRows.counting(handle, place);
            PromotionRows.promote(handle, place, content, clock.instant());
            return before;
        });
    }

    /// Takes a promotion back: what counted without it counts again. The version stays callable by its name.
    ///
    /// @return whether there was one
    public boolean withdraw(PromptPlace place) {
        return database.transaction(handle -> PromotionRows.withdraw(handle, place));
    }

    /// The versions of a place that were promoted, the one that was least lately first.
    public List<KeptVersion> list(PromptPlace place) {
        return database.transaction(handle -> PromotionRows.list(handle, place));
    }
}
