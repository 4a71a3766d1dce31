package dev.sartor.cli.serve;

import dev.sartor.core.SartorException;
import dev.sartor.serve.Audit;
import dev.sartor.state.audit.Anchor;
import dev.sartor.state.audit.AuditFolder;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Where it is kept who asked what.
final class AuditOptions {
    @Option(
            names = "--audit",
            paramLabel = "FOLDER",
            description =
                    "Keep who asked what, and what was decided, in this folder before a caller is answered (`sartor"
                            + " audit`).")
    Optional<Path> folder = Optional.empty();

    @Option(
            names = "--audit-anchor",
            paramLabel = "FILE|URL",
            description =
                    "Tell the log's head, signed, each minute: add it to a file that lies elsewhere, or post it to an"
                            + " http(s) address.")
    Optional<String> anchor = Optional.empty();

    Audit open() {
        if (folder.isEmpty() && anchor.isPresent()) {
            throw SartorException.user(
                    "--audit-anchor tells the head of a log: name its folder with --audit, or leave it out.");
        }
        return folder.<Audit>map(
                        path -> AuditFolder.open(path, anchor.map(Anchor::at), Clock.systemUTC()))
                .orElseGet(Audit::none);
    }
}
