package dev.sartor.cli;

import dev.sartor.cli.console.Console;
import dev.sartor.cli.console.OutputFile;
import dev.sartor.cli.console.Version;
import dev.sartor.core.SartorException;
import dev.sartor.core.file.AtomicFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "man",
        description = {
            "Print a command's manual page, or write the pages of all commands.",
            "A package brings them along, so that `man sartor-tune` finds them."
        },
        footer = {
            "",
            "Examples: sartor man data clean | man -l -",
            "          sartor man --out ~/.local/share/man/man1"
        })
final class ManCommand implements Callable<Integer> {
    private final Console console;
    private final Supplier<CommandLine> all;

    @Parameters(
            arity = "0..*",
            paramLabel = "COMMAND",
            description = "The command, such as `data clean` (default: sartor itself).")
    List<String> words = List.of();

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            description = "Write the pages of all commands into this folder, as sartor-….1.")
    Optional<Path> folder = Optional.empty();

    /// @param all every command
    ManCommand(Console console, Supplier<CommandLine> all) {
        this.console = console;
        this.all = all;
    }

    @Override
    public Integer call() {
        var version = new Version().sartor();
        if (folder.isEmpty()) {
            console.print(ManPage.of(named(all.get()), version).stripTrailing());
            return 0;
        }
        if (!words.isEmpty()) {
            throw SartorException.user(
                    "--out writes the pages of all commands: leave out "
                            + String.join(" ", words)
                            + ".");
        }
        var target = folder.orElseThrow();
        OutputFile.refuseUnlessWritable("--out", target.resolve("sartor.1"));
        var pages = pages(all.get());
        for (var page : pages) {
            var file = target.resolve(ManPage.name(page.getCommandSpec()) + ".1");
            AtomicFile.publish(file, ManPage.of(page, version));
        }
        console.say(pages.size() + " pages in " + target);
        return 0;
    }

    private CommandLine named(CommandLine line) {
        var found = line;
        for (var word : words) {
            var next = found.getSubcommands().get(word);
            if (next == null) {
                throw SartorException.user(
                        found.getCommandSpec().qualifiedName()
                                + " has no command '"
                                + word
                                + "': see `"
                                + found.getCommandSpec().qualifiedName()
                                + " --help`.");
            }
            found = next;
        }
        return found;
    }

    /// The command and all below it.
    static List<CommandLine> pages(CommandLine line) {
        var pages = new ArrayList<>(List.of(line));
        line.getSubcommands().values().forEach(each -> pages.addAll(pages(each)));
        return pages;
    }
}
