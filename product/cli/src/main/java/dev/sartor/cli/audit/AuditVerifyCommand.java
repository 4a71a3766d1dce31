package dev.sartor.cli.audit;

import dev.sartor.cli.option.Composition;
import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.state.audit.AuditCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "verify",
        description = {
            "Say whether a log is as it was written. Exit code 1 where it is not.",
            "Each entry has the digest of the one before. The heads that --audit-anchor told elsewhere, signed, show what was"
                    + " cut off, and a log that was written anew."
        },
        footer = {
            "",
            "Example: sartor audit verify audit --anchor /mnt/elsewhere/heads.jsonl --key signing.pub"
        })
final class AuditVerifyCommand implements Callable<Integer> {
    private final Composition composition;

    @Parameters(index = "0", paramLabel = "FOLDER", description = "The folder of a log.")
    Path folder = Path.of("");

    @Option(
            names = "--anchor",
            paramLabel = "FILE",
            description = "The heads that were told elsewhere, a line each.")
    Optional<Path> anchor = Optional.empty();

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description =
                    "A copy of the log's signing.pub from elsewhere (default: the one beside the log).")
    Optional<Path> key = Optional.empty();

    @Option(names = "--json", description = "Print what was found as JSON.")
    boolean json;

    AuditVerifyCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() {
        var report = AuditCheck.of(folder, anchor, key.map(AuditVerifyCommand::text));
        composition.console().print(json ? Json.pretty(json(report)) : text(report));
        return report.isWhole() ? 0 : 1;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw SartorException.user(
                    "--key must be a file that can be read, got "
                            + file
                            + ": name a copy of signing.pub.",
                    e);
        }
    }

    private static Object json(AuditCheck.Report report) {
        var said =
                Json.mapper()
                        .createObjectNode()
                        .put("whole", report.isWhole())
                        .put("entries", report.entries())
                        .put("anchored", report.anchored());
        var findings = said.putArray("findings");
        report.findings().forEach(findings::add);
        return said;
    }

    private String text(AuditCheck.Report report) {
        var lines = new StringBuilder();
        report.findings().forEach(found -> lines.append(found).append('\n'));
        lines.append(
                String.format(
                        Locale.ROOT,
                        "%,d entries, %s; ",
                        report.entries(),
                        report.isWhole() ? "as they were written" : "not as they were written"));
        lines.append(
                anchor.isEmpty()
                        ? "without --anchor a cut at the end, and a log that was written anew, are not seen"
                        : String.format(
                                Locale.ROOT,
                                "%,d of them held by heads that were told elsewhere",
                                Math.min(report.anchored(), report.entries())));
        return lines.append('.').toString();
    }
}
