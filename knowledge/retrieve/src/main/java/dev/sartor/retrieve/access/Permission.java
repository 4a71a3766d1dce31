package dev.sartor.retrieve.access;

import dev.sartor.core.Passage;
import dev.sartor.core.Principal;
import dev.sartor.core.Readers;
import dev.sartor.core.SartorException;
import java.util.List;

/// Looks once more whether the asker may read what was found: where text is fetched, put into a prompt, and cited. A
/// search admits nothing else, so that this refuses nothing; should it ever, the question fails and nothing is shown.
public final class Permission {
    private Permission() {}

    /// @param done what is being done with the passages, for the error, which names nothing else
    public static void require(List<Passage> passages, Principal principal, String done) {
        passages.forEach(passage -> require(passage.readers(), principal, done));
    }

    /// @throws SartorException a defect
    public static void require(Readers readers, Principal principal, String done) {
        if (!readers.admit(principal)) {
            throw SartorException.defect(
                    "a passage that the asker may not read was about to be " + done);
        }
    }
}
