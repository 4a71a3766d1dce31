package dev.sartor.cli.upgrade;

import dev.sartor.cli.console.Table;
import dev.sartor.cli.console.Version;
import dev.sartor.cli.option.Composition;
import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "upgrade",
        description = {
            "Say whether this version reads the projects, runs and indexes that an earlier one wrote.",
            "Sartor replaces neither itself nor what it finds: it reads each as a command would, and writes nothing."
        },
        footer = {
            "",
            "Exit code 1: something is not read; what to do stands beside it.",
            "",
            "Example: sartor upgrade --check ~/projects"
        })
public final class UpgradeCommand implements Callable<Integer> {
    private static final int MOST_ENTRIES = 1_000_000;

    private final Composition composition;

    @Option(names = "--check", description = "Read everything, and say what is not read.")
    boolean check;

    @Parameters(
            arity = "0..1",
            paramLabel = "FOLDER",
            description = "Where to look, with all folders below (default: this folder).")
    Path folder = Path.of("");

    @Option(names = "--json", description = "Print it as JSON.")
    boolean json;

    public UpgradeCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() {
        if (!check) {
            throw SartorException.user(
                    "Sartor does not replace itself: install the new version beside the old one, and let it say by"
                            + " `sartor upgrade --check FOLDER` whether it reads what is there.");
        }
        var top = folder.toAbsolutePath().normalize();
        if (!Files.isDirectory(top)) {
            throw SartorException.user(
                    "FOLDER must be a folder with projects or indexes, got "
                            + folder
                            + ": name one that is there.");
        }
        var found = Stocktaking.below(top, MOST_ENTRIES);
        boolean isRead = found.stream().allMatch(each -> each.problem().isEmpty());
        var console = composition.console();
        console.print(json ? json(found, isRead) : text(found, top));
        return isRead ? 0 : 1;
    }

    private static String text(List<Found> found, Path top) {
        if (found.isEmpty()) {
            return "There are no projects, runs or indexes below " + top + ".";
        }
        var table = new Table("KIND", "WHERE", "WRITTEN BY", "READ BY " + version());
        for (var each : found) {
            var answer =
                    each.problem()
                            .map(problem -> "no: " + problem.lines().findFirst().orElse(""))
                            .orElseGet(() ->
                                    each.note().map(note -> "yes, and " + note).orElse("yes"));
            table.row(
                    each.kind(),
                    where(top, each.path()),
                    each.writtenBy().isEmpty() ? "-" : each.writtenBy(),
                    answer);
        }
        var further = new StringBuilder(table.toString());
        for (var each : found) {
            each.problem()
                    .filter(problem -> problem.lines().count() > 1)
                    .ifPresent(problem ->
                            further.append("\n\n")
                                    .append(where(top, each.path()))
                                    .append(":\n")
                                    .append(problem.indent(2).stripTrailing()));
        }
        return further.toString();
    }

    private static String where(Path top, Path path) {
        var relative = top.relativize(path).toString();
        return relative.isEmpty() ? "." : relative;
    }

    private static String json(List<Found> found, boolean isRead) {
        var json = Json.mapper().createObjectNode();
        json.put("version", version()).put("read", isRead);
        var all = json.putArray("found");
        for (var each : found) {
            var one =
                    all.addObject()
                            .put("kind", each.kind())
                            .put("path", each.path().toString())
                            .put("written_by", each.writtenBy())
                            .put("read", each.problem().isEmpty());
            each.problem().ifPresent(problem -> one.put("problem", problem));
            each.note().ifPresent(note -> one.put("note", note));
        }
        return Json.pretty(json);
    }

    private static String version() {
        return new Version().sartor();
    }
}
