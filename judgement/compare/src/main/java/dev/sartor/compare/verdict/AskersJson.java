package dev.sartor.compare.verdict;

import dev.sartor.compare.run.HiddenDocuments;
import java.util.List;
import java.util.Optional;

/// How many documents are hidden from those who ask a task's questions, as `--json` prints it.
///
/// @param documents that can be searched at all
/// @param count of the askers
/// @param askers the first {@link #MOST} of them, the one from whom the most are hidden first
/// @param others the rows without an asker
/// @param unknown how many askers no rule names
public record AskersJson(
        int documents,
        int count,
        List<HiddenDocuments.Asker> askers,
        Optional<HiddenDocuments.Asker> others,
        int unknown) {
    public static final int MOST = 1000;

    public static AskersJson of(HiddenDocuments hidden) {
        return new AskersJson(
                hidden.documents(),
                hidden.askers().size(),
                hidden.askers().stream().limit(MOST).toList(),
                hidden.others(),
                hidden.unknown().size());
    }
}
