package dev.sartor.compare.approach;

import dev.sartor.compare.run.HiddenDocuments;
import dev.sartor.core.Principal;
import dev.sartor.project.Project;
import dev.sartor.project.setting.ApproachName;
import dev.sartor.project.setting.TaskSettings;
import dev.sartor.retrieve.index.PersistentIndex;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What is said before a comparison of those who ask a task's questions: how many documents are hidden from whom.
///
/// @param hidden empty where no row names its asker, or nothing can be hidden
/// @param said one sentence each
/// @param warnings what a comparison will not be able to tell, likewise
public record Askers(Optional<HiddenDocuments> hidden, List<String> said, List<String> warnings) {
    public Askers {
        said = List.copyOf(said);
        warnings = List.copyOf(warnings);
    }

    /// @param askers how many rows each asks; the one at this machine where nobody is named
    public static Askers of(Project project, TaskSettings task, Map<Principal, Integer> askers) {
        if (askers.keySet().stream().allMatch(Principal.local()::equals)) {
            return new Askers(Optional.empty(), List.of(), List.of());
        }
        boolean searches = project.tried(task).stream().anyMatch(ApproachName::usesDocuments);
        if (!searches || project.documents().isEmpty()) {
            return warned(
                    task.name()
                            + ": rows name who asks, which changes nothing: no approach of the task shows documents.");
        }
        var documents = project.documents().orElseThrow();
        if (!PersistentIndex.isAt(documents)) {
            return warned(
                    task.name()
                            + ": rows name who asks, which changes nothing: documents is a folder, whose documents are all for"
                            + " everyone. Make an index with rules of who may read what, `sartor index "
                            + documents.getFileName()
                            + " --out INDEX --access MANIFEST`, and name it as documents.");
        }
        try (var index = PersistentIndex.unasked(documents)) {
            var hidden = HiddenDocuments.of(index.documentsByReaders(), askers);
            return new Askers(
                    Optional.of(hidden), hidden.said(task.name()), hidden.warnings(task.name()));
        }
    }

    private static Askers warned(String line) {
        return new Askers(Optional.empty(), List.of(), List.of(line));
    }
}
