package dev.sartor.cli.privacy;

import dev.sartor.compare.Runs;
import dev.sartor.compare.run.Run;
import dev.sartor.core.file.Sha256;
import dev.sartor.core.text.CommandLineText;
import dev.sartor.model.adapter.PeftFolder;
import dev.sartor.privacy.AuditGate;
import dev.sartor.privacy.AuditParts;
import dev.sartor.project.Project;
import java.nio.file.Path;

/// Whether what was tuned may be used, where the project's section `privacy` has limits.
public final class PrivacyGate {
    private PrivacyGate() {}

    /// @param folder the project's
    /// @throws SartorException a user's error where the run's adapter was not audited, or its audit is over a limit
    public static void require(Project project, Path folder, Run run) {
        if (project.privacy().isEmpty()) {
            return;
        }
        var limits = project.privacy().get();
        run.setup()
                .cascade()
                .ifPresent(parts -> {
                    require(project, folder, Runs.of(folder).find(parts.first()));
                    require(project, folder, Runs.of(folder).find(parts.second()));
                });
        Runs.of(folder)
                .adapter(run)
                .ifPresent(adapter ->
                        new AuditGate(
                                        limits.maxExposure(),
                                        limits.maxAuc(),
                                        limits.exposureRepeats())
                                .require(
                                        run.id(),
                                        AuditParts.report(adapter),
                                        digest(adapter),
                                        command(folder, run)));
    }

    private static String command(Path folder, Run run) {
        return "sartor audit-adapter "
                + run.id()
                + " --project "
                + CommandLineText.quoted(folder.toString());
    }

    /// Of what was trained: an adapter's weights, or a whole model's.
    static String digest(Path folder) {
        return Sha256.ofReadable(
                folder.resolve(
                        PeftFolder.isOne(folder) ? PeftFolder.WEIGHTS : "model.safetensors"));
    }
}
