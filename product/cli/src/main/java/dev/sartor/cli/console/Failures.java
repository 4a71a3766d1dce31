package dev.sartor.cli.console;

import dev.sartor.core.SartorException;
import dev.sartor.core.text.CommandLineText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// The one place that turns a failure into a message and an exit code.
public final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {
    private final Console console;
    private final DefectLog log;
    private final List<String> args;

    /// @param args the command line, which is named again where the work can go on
    public Failures(Console console, DefectLog log, List<String> args) {
        this.console = console;
        this.log = log;
        this.args = List.copyOf(args);
    }

    @Override
    public int handleParseException(ParameterException failure, String[] args) {
        var line = failure.getCommandLine();
        console.say(
                failure instanceof UnmatchedArgumentException unmatched
                        ? unknown(unmatched)
                        : message(failure));
        console.say("See `" + line.getCommandSpec().qualifiedName() + " --help`.");
        return SartorException.Kind.USER.exitCode();
    }

    private static String unknown(UnmatchedArgumentException failure) {
        var words = failure.getUnmatched();
        var nearest = failure.getSuggestions();
        return (failure.isUnknownOption() ? "there is no option " : "nothing is known by the name ")
                + "'"
                + String.join("', '", words)
                + "'."
                + (nearest.isEmpty()
                        ? ""
                        : " Did you mean '" + String.join("' or '", nearest) + "'?");
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine line, ParseResult parsed) {
        return report(failure);
    }

    public int report(Throwable failure) {
        var known = known(failure);
        var kind = known.kind();
        console.say(
                switch (kind) {
                    case USER, MISSING -> message(known);
                    case STOPPED -> message(known) + "\nTo go on: " + CommandLineText.of(args);
                    case DEFECT -> defect(known, failure);
                });
        if (args.contains("--debug")) {
            console.say(DefectLog.trace(failure).stripTrailing());
        }
        return kind.exitCode();
    }

    private String defect(SartorException known, Throwable failure) {
        return "a defect in Sartor, not your mistake: " + message(known) + "\n" + log.keep(failure);
    }

    /// Gives a failure that no room has explained its kind and words.
    static SartorException known(Throwable failure) {
        return switch (failure) {
            case SartorException known -> known;
            case CancellationException e ->
                    SartorException.stopped("Stopped; what was finished is kept.");
            case OutOfMemoryError e -> outOfMemory(e);
            case NoClassDefFoundError e when VectorModule.isMissing(e) ->
                    SartorException.missing(
                            "this JVM was started without the module "
                                    + VectorModule.NAME
                                    + ": start Sartor by its script `sartor`, or give the JVM"
                                    + " --add-modules "
                                    + VectorModule.NAME
                                    + ".",
                            e);
            case LinkageError e when isNative(e) ->
                    SartorException.missing(
                            "a native library could not be loaded: "
                                    + message(e)
                                    + ". It is unpacked into the cache folder: see that its disk has"
                                    + " room and lets programs run, or set SARTOR_CACHE to another"
                                    + " folder.",
                            e);
            case UncheckedIOException e -> io(e);
            case IOException e -> io(e);
            default -> other(failure);
        };
    }

    private static SartorException other(Throwable failure) {
        if (message(failure).toLowerCase(Locale.ROOT).contains("can't allocate memory")) {
            return SartorException.missing(
                    "the machine has not enough memory: "
                            + firstLine(message(failure))
                            + ". Close other programs, or choose a smaller batch, a shorter context"
                            + " or a smaller model.",
                    failure);
        }
        return SartorException.defect(
                failure.getClass().getSimpleName() + ": " + message(failure), failure);
    }

    private static SartorException outOfMemory(OutOfMemoryError failure) {
        var heap = Runtime.getRuntime().maxMemory() >> 20;
        return SartorException.missing(
                "out of memory ("
                        + message(failure)
                        + "); the JVM may use "
                        + heap
                        + " MiB. Set SARTOR_JAVA_OPTIONS=-Xmx"
                        + 2 * heap
                        + "m if the machine has that much.",
                failure);
    }

    /// `java.io.UncheckedIOException: java.nio.file.NoSuchFileException: x` is about the NoSuchFileException.
    private static SartorException io(Exception failure) {
        var inner = failure.getCause() instanceof IOException cause ? cause : failure;
        return SartorException.missing(
                inner.getClass().getSimpleName() + ": " + message(inner), failure);
    }

    private static boolean isNative(LinkageError failure) {
        return failure instanceof UnsatisfiedLinkError
                || List.of(failure.getStackTrace()).stream()
                        .anyMatch(frame -> frame.getClassName().startsWith("org.bytedeco."));
    }

    private static String message(Throwable failure) {
        var message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }
}
