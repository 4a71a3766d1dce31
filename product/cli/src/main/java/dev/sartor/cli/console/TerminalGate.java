package dev.sartor.cli.console;

import dev.sartor.hub.catalogue.Gate;
import dev.sartor.hub.catalogue.Licence;
import java.net.URI;
import java.util.Locale;

/// Asks for a licence on the terminal. Only a whole `yes` accepts.
public final class TerminalGate implements Gate {
    private final Console console;

    public TerminalGate(Console console) {
        this.console = console;
    }

    @Override
    public boolean accepts(Licence licence) {
        console.say(
                "This model comes under the licence "
                        + licence.name()
                        + licence.terms().map(URI::toString).map(t -> " (" + t + ")").orElse("")
                        + ", which must be accepted before it is used: "
                        + licence.clause()
                        + ".");
        return console.ask("Do you accept these terms? [yes/no]")
                .filter(answer -> answer.toLowerCase(Locale.ROOT).equals("yes"))
                .isPresent();
    }
}
