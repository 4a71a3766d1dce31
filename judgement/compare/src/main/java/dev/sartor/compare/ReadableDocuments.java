package dev.sartor.compare;

import dev.sartor.core.Principal;
import dev.sartor.retrieve.index.PersistentIndex;
import java.util.Optional;

/// Whether a comparison's candidates are shown anything of an index that stands. They are asked as nobody in particular.
public final class ReadableDocuments {
    private ReadableDocuments() {}

    /// Why retrieval would find nothing; empty where it can find something.
    public static Optional<String> problem(PersistentIndex index) {
        if (index.isEmpty()) {
            return Optional.of(
                    "the index holds no passages: retrieval would find nothing. Add documents with `sartor"
                            + " index`.");
        }
        if (index.stats(Principal.local()).passages() > 0) {
            return Optional.empty();
        }
        var readers = index.stats().readers();
        return Optional.of(
                readers.said()
                        + ". A comparison asks as nobody in particular: retrieval would be shown no"
                        + " passage. "
                        + readers.next()
                                .orElse(
                                        "Let everyone read some of them: `readers: everyone` in the"
                                                + " --access MANIFEST of `sartor index`."));
    }
}
