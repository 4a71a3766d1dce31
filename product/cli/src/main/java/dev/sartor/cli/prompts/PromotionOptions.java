package dev.sartor.cli.prompts;

import dev.sartor.cli.option.ProjectOption;
import dev.sartor.core.SartorException;
import dev.sartor.project.ProjectFile;
import dev.sartor.state.State;
import dev.sartor.state.promotion.Promotions;
import dev.sartor.state.promotion.PromptPlace;
import java.util.Optional;
import picocli.CommandLine.Option;

/// The state in which a version is promoted for every server on it, and whose alone it is.
final class PromotionOptions {
    @Option(
            names = "--state",
            paramLabel = "FILE|ADDRESS",
            description =
                    "In this state of servers, in place of the project's folder: a file of SQLite, or"
                            + " postgresql://[USER@]HOST/DATABASE.")
    Optional<String> state = Optional.empty();

    @Option(
            names = "--tenant",
            paramLabel = "TENANT",
            description = "For the callers of one tenant alone; with --state (default: for all).")
    Optional<String> tenant = Optional.empty();

    /// @throws SartorException a user's error where a tenant is named without a state
    void check() {
        if (tenant.isPresent() && state.isEmpty()) {
            throw SartorException.user(
                    "--tenant names whose a version is in a state: name the state with --state, or leave it out.");
        }
    }

    /// @throws SartorException a user's error where no state is named
    Promotions open() {
        return State.open(
                        state.orElseThrow(() ->
                                SartorException.user(
                                        "--state must name the state in which it was promoted: such as --state"
                                                + " state.db.")))
                .promotions();
    }

    PromptPlace place(ProjectOption project, String task) {
        return new PromptPlace(ProjectFile.stated(project.absolute()).name(), task, tenant);
    }

    /// What a promotion is said of: nothing where it is the folder's.
    String said() {
        return tenant.map(name -> " for tenant " + name).orElse("")
                + state.map(_ -> " in the state").orElse("");
    }
}
