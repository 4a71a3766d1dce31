package dev.sartor.compare.run;

import dev.sartor.core.Principal;
import dev.sartor.retrieve.index.PersistentIndex;
import java.util.Optional;
import java.util.Set;

/// Whether a comparison's candidates are shown anything of an index that stands. They are asked as each row's asker, and as nobody in
/// particular where it names none.
public final class ReadableDocuments {
    private ReadableDocuments() {}

    /// Why retrieval would find nothing; empty where it can find something.
    ///
    /// @param askers of all rows
    public static Optional<String> problem(PersistentIndex index, Set<Principal> askers) {
        if (index.isEmpty()) {
            return Optional.of(
                    "the index holds no passages: retrieval would find nothing. Add documents with `sartor"
                            + " index`.");
        }
        var rules = index.documentsByReaders().keySet();
        if (rules.stream().anyMatch(rule -> askers.stream().anyMatch(rule::admit))) {
            return Optional.empty();
        }
        var readers = index.stats().readers();
        return Optional.of(
                readers.said()
                        + (askers.stream().allMatch(Principal.local()::equals)
                                ? ". A comparison asks as nobody in particular"
                                : ", and none by an asker whom the rows name")
                        + ": retrieval would be shown no"
                        + " passage. "
                        + readers.next()
                                .orElse(
                                        "Let everyone read some of them: `readers: everyone` in the"
                                                + " --access MANIFEST of `sartor index`."));
    }
}
