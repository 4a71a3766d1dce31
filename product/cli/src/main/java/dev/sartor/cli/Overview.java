package dev.sartor.cli;

import dev.sartor.cli.audit.AuditCommand;
import dev.sartor.cli.benchmark.BenchmarkCommand;
import dev.sartor.cli.data.DataCommand;
import dev.sartor.cli.fit.CheckCommand;
import dev.sartor.cli.fit.CompareCommand;
import dev.sartor.cli.fit.EvaluateCommand;
import dev.sartor.cli.fit.InitCommand;
import dev.sartor.cli.fit.PlanCommand;
import dev.sartor.cli.fit.QuickstartCommand;
import dev.sartor.cli.fit.TuneCommand;
import dev.sartor.cli.fit.WorthCommand;
import dev.sartor.cli.index.IndexCommand;
import dev.sartor.cli.index.SearchCommand;
import dev.sartor.cli.judge.JudgeCommand;
import dev.sartor.cli.keys.KeysCommand;
import dev.sartor.cli.limits.LimitsCommand;
import dev.sartor.cli.models.ModelsCommand;
import dev.sartor.cli.privacy.AuditAdapterCommand;
import dev.sartor.cli.prompts.PromptsCommand;
import dev.sartor.cli.runs.RunsCommand;
import dev.sartor.cli.serve.ChatCommand;
import dev.sartor.cli.serve.ServeCommand;
import dev.sartor.cli.serve.StudioCommand;
import dev.sartor.cli.state.StateCommand;
import dev.sartor.cli.upgrade.UpgradeCommand;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/// What `sartor --help` lists: each command by its name and description alone. Setting up their options and their own commands takes
/// longer than all the rest of it.
final class Overview {
    private static final Set<String> ASKED = Set.of("--help", "-h");

    /// In the order of {@link Main}'s.
    private static final List<Class<?>> COMMANDS =
            List.of(
                    QuickstartCommand.class,
                    InitCommand.class,
                    CheckCommand.class,
                    DataCommand.class,
                    PlanCommand.class,
                    CompareCommand.class,
                    WorthCommand.class,
                    RunsCommand.class,
                    PromptsCommand.class,
                    EvaluateCommand.class,
                    JudgeCommand.class,
                    TuneCommand.class,
                    AuditAdapterCommand.class,
                    ChatCommand.class,
                    IndexCommand.class,
                    SearchCommand.class,
                    ServeCommand.class,
                    StudioCommand.class,
                    KeysCommand.class,
                    LimitsCommand.class,
                    StateCommand.class,
                    AuditCommand.class,
                    ModelsCommand.class,
                    TemplateCommand.class,
                    TableCommand.class,
                    BenchmarkCommand.class,
                    BenchCommand.class,
                    UpgradeCommand.class,
                    CompletionCommand.class,
                    ManCommand.class,
                    VersionCommand.class);

    private Overview() {}

    /// Whether the arguments ask for nothing else.
    static boolean isAskedFor(String... args) {
        return args.length == 1 && ASKED.contains(args[0]);
    }

    static void addTo(CommandLine line) {
        for (var type : COMMANDS) {
            var about = type.getAnnotation(Command.class);
            var spec = CommandSpec.create().name(about.name());
            spec.usageMessage().description(about.description());
            line.addSubcommand(spec);
        }
    }
}
