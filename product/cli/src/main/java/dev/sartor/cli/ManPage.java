package dev.sartor.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// A command's manual page in the `man` macros of roff (groff_man(7)), from what picocli knows of the command. Picocli's own
/// generator writes AsciiDoc, which a Ruby program would have to turn into this.
final class ManPage {
    private final CommandSpec command;
    private final String version;
    private final List<String> lines = new ArrayList<>();

    private ManPage(CommandSpec command, String version) {
        this.command = command;
        this.version = version;
    }

    /// `sartor-data-clean` for the command `sartor data clean`.
    static String name(CommandSpec command) {
        return command.qualifiedName("-");
    }

    static String of(CommandLine command, String version) {
        return new ManPage(command.getCommandSpec(), version).written();
    }

    private String written() {
        var usage = command.usageMessage();
        lines.add(
                ".TH \""
                        + escaped(name(command).toUpperCase(Locale.ROOT))
                        + "\" \"1\" \"\" \"Sartor "
                        + escaped(version)
                        + "\" \"Sartor\"");
        section("NAME");
        lines.add(escaped(name(command)) + " \\- " + escaped(summary(command)));
        section("SYNOPSIS");
        lines.add(".B " + escaped(command.qualifiedName()));
        lines.add(escaped(synopsis()));
        section("DESCRIPTION");
        for (var paragraph : usage.description()) {
            if (!paragraph.isBlank()) {
                lines.add(".PP");
                text(paragraph);
            }
        }
        list("PARAMETERS", command.positionalParameters(), ManPage::label);
        list("OPTIONS", command.options(), ManPage::label);
        subcommands();
        footer(usage.footer());
        above();
        return String.join("\n", lines) + "\n";
    }

    private static String summary(CommandSpec command) {
        var description = command.usageMessage().description();
        var first = description.length == 0 ? "" : description[0];
        return first.endsWith(".") ? first.substring(0, first.length() - 1) : first;
    }

    /// The words behind the command's name, which picocli would break into lines.
    private String synopsis() {
        var words = new ArrayList<String>();
        if (command.options().stream().anyMatch(option -> !option.hidden())) {
            words.add("[OPTIONS]");
        }
        for (var parameter : command.positionalParameters()) {
            if (!parameter.hidden()) {
                words.add(label(parameter));
            }
        }
        if (!command.subcommands().isEmpty()) {
            words.add("COMMAND");
        }
        return String.join(" ", words);
    }

    private <T extends ArgSpec> void list(
            String title, List<T> arguments, java.util.function.Function<T, String> label) {
        var shown = arguments.stream().filter(argument -> !argument.hidden()).toList();
        if (shown.isEmpty()) {
            return;
        }
        section(title);
        for (var argument : shown) {
            lines.add(".TP");
            lines.add(".B " + escaped(label.apply(argument)));
            for (var line : argument.description()) {
                text(line);
            }
        }
    }

    private static String label(OptionSpec option) {
        var names = String.join(", ", option.names());
        return option.arity().max() == 0 ? names : names + " " + option.paramLabel();
    }

    private static String label(PositionalParamSpec parameter) {
        var name = parameter.paramLabel();
        var several = parameter.arity().max() > 1 ? "…" : "";
        return parameter.arity().min() == 0 ? "[" + name + several + "]" : name + several;
    }

    private void subcommands() {
        if (command.subcommands().isEmpty()) {
            return;
        }
        section("COMMANDS");
        command.subcommands()
                .values()
                .forEach(each -> {
                    lines.add(".TP");
                    lines.add(".BR " + escaped(name(each.getCommandSpec())) + " (1)");
                    lines.add(escaped(summary(each.getCommandSpec())) + ".");
                });
    }

    /// Examples keep their lines.
    private void footer(String[] footer) {
        if (footer.length == 0) {
            return;
        }
        section("NOTES");
        lines.add(".nf");
        for (var line : footer) {
            if (!line.isBlank()) {
                text(line);
            }
        }
        lines.add(".fi");
    }

    private void above() {
        var parent = command.parent();
        if (parent != null) {
            section("SEE ALSO");
            lines.add(".BR " + escaped(name(parent)) + " (1)");
        }
    }

    private void section(String title) {
        lines.add(".SH " + title);
    }

    private void text(String line) {
        var escaped = escaped(line);
        lines.add(escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped);
    }

    /// A hyphen that is typed stays one; a backslash is shown. What one line cannot hold is none of ours.
    static String escaped(String text) {
        return text.replace("\\", "\\e").replace("-", "\\-").replace('\n', ' ');
    }
}
