package dev.sartor.cli;

import dev.sartor.cli.audit.AuditCommand;
import dev.sartor.cli.benchmark.BenchmarkCommand;
import dev.sartor.cli.console.Console;
import dev.sartor.cli.console.DefectLog;
import dev.sartor.cli.console.Failures;
import dev.sartor.cli.console.Logging;
import dev.sartor.cli.console.Surroundings;
import dev.sartor.cli.console.VectorModule;
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
import dev.sartor.cli.option.Composition;
import dev.sartor.cli.privacy.AuditAdapterCommand;
import dev.sartor.cli.prompts.PromptsCommand;
import dev.sartor.cli.runs.RunsCommand;
import dev.sartor.cli.serve.ChatCommand;
import dev.sartor.cli.serve.ServeCommand;
import dev.sartor.cli.serve.StudioCommand;
import dev.sartor.cli.state.StateCommand;
import dev.sartor.cli.upgrade.UpgradeCommand;
import dev.sartor.tensor.Engine;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/// The composition root: makes the parts, hands them to the commands, and maps how a command ended to an exit code: 0
/// success, 1 the answer is no, 2 the user's mistake, 3 something is missing, 70 a defect, 130 stopped by the user.
public final class Main {
    private static final int NARROWEST = 60;
    private static final int WIDEST = 110;

    /// Commands that need libtorch at once.
    private static final Set<String> ANSWERING = Set.of("serve", "chat");

    private final Console console;
    private final Surroundings surroundings;

    public Main(Console console, Surroundings surroundings) {
        this.console = console;
        this.surroundings = surroundings;
    }

    public static void main(String[] args) {
        var surroundings = Surroundings.ofThisProcess();
        var console =
                new Console(
                        System.in,
                        stream(FileDescriptor.out),
                        stream(FileDescriptor.err),
                        surroundings,
                        System::nanoTime);
        Logging.to(console, List.of(args).contains("--debug")); // before anything can log
        if (!Boolean.getBoolean("sartor.light")) { // says the launcher
            VectorModule.load();
        }
        if (answers(List.of(args))) {
            Engine.begin();
        }
        System.exit(new Main(console, surroundings).run(args));
    }

    /// Whether it is worth loading libtorch before the rest is set up.
    private static boolean answers(List<String> args) {
        return !args.isEmpty() && ANSWERING.contains(args.getFirst()) && !args.contains("--help");
    }

    /// Results are data: UTF-8 whatever the terminal's settings.
    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }

    public int run(String... args) {
        var failures = new Failures(console, defectLog(), List.of(args));
        try {
            return commandLine(args)
                    .setParameterExceptionHandler(failures)
                    .setExecutionExceptionHandler(failures)
                    .execute(args);
        } catch (Throwable e) { // picocli hands Errors on
            return failures.report(e);
        } finally {
            console.flush();
        }
    }

    private DefectLog defectLog() {
        return new DefectLog(surroundings.cache().resolve("logs"), Clock.systemUTC());
    }

    /// Every command, for what is asked about all of them.
    CommandLine commandLine() {
        return commandLine(commands().values());
    }

    /// With the command that the first argument names alone, where it names one: setting up all of them takes as long as
    /// starting the JVM.
    private CommandLine commandLine(String... args) {
        if (Overview.isAskedFor(args)) {
            return commandLine(Overview::addTo);
        }
        var commands = commands();
        var named = commands.get(args.length == 0 ? "" : args[0]);
        return commandLine(named == null ? commands.values() : List.of(named));
    }

    private CommandLine commandLine(Collection<Supplier<Object>> commands) {
        return commandLine(line -> commands.forEach(command -> line.addSubcommand(command.get())));
    }

    private CommandLine commandLine(Consumer<CommandLine> filled) {
        var line = new CommandLine(new SartorCommand());
        filled.accept(line);
        return line.setOut(console.results())
                .setErr(console.remarks())
                .setColorScheme(
                        CommandLine.Help.defaultColorScheme(
                                surroundings.colour() ? Ansi.ON : Ansi.OFF))
                .setUsageHelpWidth(usageWidth())
                .setExpandAtFiles(false)
                .setCaseInsensitiveEnumValuesAllowed(true);
    }

    private int usageWidth() {
        var columns = surroundings.columns();
        return columns == 0 ? WIDEST : Math.clamp(columns, NARROWEST, WIDEST);
    }

    /// By their names, in the order of the help.
    private Map<String, Supplier<Object>> commands() {
        var composition = new Composition(console, surroundings);
        var commands = new LinkedHashMap<String, Supplier<Object>>();
        commands.put("quickstart", () -> new QuickstartCommand(composition));
        commands.put("init", () -> new InitCommand(composition));
        commands.put("check", () -> new CheckCommand(composition));
        commands.put("data", () -> DataCommand.line(composition));
        commands.put("plan", () -> new PlanCommand(composition));
        commands.put("compare", () -> new CompareCommand(composition));
        commands.put("worth", () -> new WorthCommand(composition));
        commands.put("runs", () -> RunsCommand.line(composition));
        commands.put("prompts", () -> PromptsCommand.line(composition));
        commands.put("evaluate", () -> EvaluateCommand.line(composition));
        commands.put("judge", () -> JudgeCommand.line(composition));
        commands.put("tune", () -> new TuneCommand(composition));
        commands.put("audit-adapter", () -> new AuditAdapterCommand(composition));
        commands.put("chat", () -> new ChatCommand(composition));
        commands.put("index", () -> IndexCommand.line(composition));
        commands.put("search", () -> new SearchCommand(composition));
        commands.put("serve", () -> new ServeCommand(composition));
        commands.put("studio", () -> new StudioCommand(composition));
        commands.put("keys", () -> KeysCommand.line(composition));
        commands.put("limits", () -> LimitsCommand.line(composition));
        commands.put("state", () -> StateCommand.line(composition));
        commands.put("audit", () -> AuditCommand.line(composition));
        commands.put("models", () -> ModelsCommand.line(composition));
        commands.put("template", () -> TemplateCommand.line(composition));
        commands.put("table", () -> TableCommand.line(composition));
        commands.put("benchmark", () -> new BenchmarkCommand(composition));
        commands.put("bench", () -> BenchCommand.line(composition));
        commands.put("upgrade", () -> new UpgradeCommand(composition));
        commands.put("completion", () -> new CompletionCommand(console, this::commandLine));
        commands.put("man", () -> new ManCommand(console, this::commandLine));
        commands.put("version", () -> new VersionCommand(console));
        return commands;
    }
}
