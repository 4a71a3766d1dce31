package dev.sartor.cli.option;

import dev.sartor.state.State;
import picocli.CommandLine.Option;

/// Where a server's state is.
public final class StateOption {
    @Option(
            names = "--state",
            required = true,
            paramLabel = "FILE|ADDRESS",
            description =
                    "A file of SQLite, made where there is none, or postgresql://[USER@]HOST/DATABASE, which several"
                            + " servers can share.")
    public String address = "";

    public State open() {
        return State.open(address);
    }
}
