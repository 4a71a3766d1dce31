package dev.sartor.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/// The composition root: makes the parts, hands them to the commands, and maps how a command ended to an exit code: 0
/// success, 1 the answer is no, 2 the user's mistake, 3 something is missing, 70 a defect, 130 stopped by the user.
public final class Main {
    private static final int NARROWEST = 60;
    private static final int WIDEST = 110;

    private final Console console;
    private final Surroundings surroundings;

    Main(Console console, Surroundings surroundings) {
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
        if (ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()) {
            console.eraseWarning();
        }
        Logging.to(console, List.of(args).contains("--debug"));
        System.exit(new Main(console, surroundings).run(args));
    }

    /// Results are data: UTF-8 whatever the terminal's settings.
    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }

    int run(String... args) {
        var failures = new Failures(console, defectLog(), List.of(args));
        try {
            return commandLine()
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

    CommandLine commandLine() {
        var line = new CommandLine(new SartorCommand());
        for (var command : commands()) {
            line.addSubcommand(command);
        }
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

    private List<Object> commands() {
        var composition = new Composition(console, surroundings);
        var bench =
                new CommandLine(new BenchCommand())
                        .addSubcommand(new BenchEmbedCommand(composition))
                        .addSubcommand(new BenchGenerateCommand(composition))
                        .addSubcommand(new BenchAdaptersCommand(composition))
                        .addSubcommand(new BenchChoicesCommand(composition))
                        .addSubcommand(new BenchTokenizeCommand(composition))
                        .addSubcommand(new BenchStepCommand(composition))
                        .addSubcommand(new BenchTuneCommand(composition))
                        .addSubcommand(new BenchTextsCommand(composition))
                        .addSubcommand(new BenchWeightsCommand(composition));
        return List.of(
                new QuickstartCommand(composition),
                new InitCommand(composition),
                new CheckCommand(composition),
                new CompareCommand(composition),
                RunsCommand.line(composition),
                new EvaluateCommand(composition),
                new TuneCommand(composition),
                new ChatCommand(composition),
                new SearchCommand(composition),
                new ServeCommand(composition),
                ModelsCommand.line(composition),
                TemplateCommand.line(composition),
                bench,
                new VersionCommand(console));
    }
}
