package dev.sartor.cli.audit;

import dev.sartor.cli.option.Composition;
import dev.sartor.core.SartorException;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.state.audit.KeptEntries;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "export",
        description =
                "Write the entries that are meant into a file, as JSONL: the lines of the log.",
        footer = {
            "",
            "Example: sartor audit export audit --tenant acme --since 2027-01-01 --out acme.jsonl"
        })
final class AuditExportCommand implements Callable<Integer> {
    private final Composition composition;

    @Parameters(index = "0", paramLabel = "FOLDER", description = "The folder of a log.")
    Path folder = Path.of("");

    @Mixin AuditFilterOptions meant = new AuditFilterOptions();

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "A new file.")
    Path out = Path.of("");

    AuditExportCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() {
        if (Files.exists(out)) {
            throw SartorException.user(
                    "--out must be a new file, got " + out + ", which is there.");
        }
        var count = new long[1];
        AtomicFile.write(
                out,
                to -> {
                    try {
                        KeptEntries.read(
                                folder,
                                meant.filter(),
                                entry -> {
                                    count[0]++;
                                    write(to, entry.json() + "\n");
                                });
                    } catch (UncheckedIOException e) {
                        throw e.getCause();
                    }
                });
        composition.console().print(count[0] + " entries are in " + out + ".");
        return 0;
    }

    private static void write(OutputStream to, String line) {
        try {
            to.write(line.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
