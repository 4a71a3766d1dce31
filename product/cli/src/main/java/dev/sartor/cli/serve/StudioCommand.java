package dev.sartor.cli.serve;

import dev.sartor.cli.console.Console;
import dev.sartor.cli.option.Composition;
import dev.sartor.core.Json;
import dev.sartor.studio.Studio;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "studio",
        description = {
            "Show the projects of a folder in a browser of this machine until Ctrl-C.",
            "It shows verdicts, candidates, every example with every answer, trainings and rows.",
            "The address that is printed holds a token that lets a browser in; whoever has it sees what you may read."
        },
        footer = {
            "",
            "Example: sartor studio helpdesk",
            "         sartor studio ~/projects --port 7070 --open"
        })
public final class StudioCommand implements Callable<Integer> {
    private static final long POLL_MILLIS = 100;

    private final Composition composition;

    @Parameters(
            arity = "0..1",
            paramLabel = "FOLDER",
            description = "A folder that holds projects, or is one (default: this folder).")
    Path folder = Path.of("");

    @Option(
            names = "--host",
            description =
                    "The address to listen on (default: ${DEFAULT-VALUE}), which other machines must not reach.")
    String host = "127.0.0.1";

    @Option(
            names = "--port",
            description = "The port (default: ${DEFAULT-VALUE}); 0 takes a free one.")
    int port = 8090;

    @Option(names = "--open", description = "Open the address in this machine's browser as well.")
    boolean open;

    @Option(names = "--json", description = "Print the address as JSON, once the studio listens.")
    boolean json;

    public StudioCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (var interrupts = composition.interrupts();
                var studio = Studio.start(folder, host, port, new SecureRandom())) {
            var console = composition.console();
            if (json) {
                console.print(
                        Json.mapper()
                                .createObjectNode()
                                .put("url", studio.url().toString())
                                .put("address", studio.address().toString())
                                .toString());
                console.flush();
            } else {
                console.say("The studio is at " + studio.address() + " . Ctrl-C stops it.");
            }
            if (open) {
                open(studio.address().toString(), console);
            }
            while (!interrupts.cancellation().isAsked()) {
                Thread.sleep(POLL_MILLIS);
            }
        }
        return 0;
    }

    private static void open(String address, Console console) {
        try {
            var _ = new ProcessBuilder(opener(address)).start();
        } catch (IOException e) {
            console.say("No program opens it here: open the address by hand.");
        }
    }

    private static List<String> opener(String address) {
        var system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        if (system.startsWith("windows")) {
            return List.of("rundll32", "url.dll,FileProtocolHandler", address);
        }
        return List.of(system.startsWith("mac") ? "open" : "xdg-open", address);
    }
}
