package dev.sartor.cli;

import dev.sartor.cli.console.Console;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;

@Command(
        name = "completion",
        description = {
            "Print a script with which bash and zsh complete commands and options.",
            "For this shell: source <(sartor completion). To keep it: write the script into bash-completion's folder."
        },
        footer = {
            "",
            "Examples: source <(sartor completion)",
            "          sartor completion > ~/.local/share/bash-completion/completions/sartor"
        })
final class CompletionCommand implements Callable<Integer> {
    private final Console console;
    private final Supplier<CommandLine> all;

    /// @param all every command
    CompletionCommand(Console console, Supplier<CommandLine> all) {
        this.console = console;
        this.all = all;
    }

    @Override
    public Integer call() {
        console.print(AutoComplete.bash("sartor", all.get()).stripTrailing());
        return 0;
    }
}
