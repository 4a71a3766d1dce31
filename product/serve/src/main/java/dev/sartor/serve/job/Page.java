package dev.sartor.serve.job;

import dev.sartor.core.Problems;
import java.util.List;
import java.util.Optional;

/// Which part of a list is wanted.
///
/// @param limit 1 to 10,000
/// @param after the id behind which it begins; an id that is not in the list begins nowhere
/// @param newestFirst whether what was made last comes first
public record Page(int limit, Optional<String> after, boolean newestFirst) {
    public static final int MOST = 10_000;

    public Page {
        Problems.refuseUnless(
                limit >= 1 && limit <= MOST, "limit", "1 to " + MOST, limit, "20 is usual");
    }

    /// A part of a list.
    ///
    /// @param hasMore whether there is more behind it
    public record Part<T>(List<T> items, boolean hasMore) {
        public Part {
            items = List.copyOf(items);
        }

        /// Of one item more than was wanted, where there are so many.
        public static <T> Part<T> of(List<T> found, int limit) {
            return new Part<>(
                    found.subList(0, Math.min(limit, found.size())), found.size() > limit);
        }
    }
}
