package dev.sartor.cli.option;

import dev.sartor.core.Principal;
import dev.sartor.core.Readers;
import dev.sartor.core.SartorException;
import dev.sartor.training.LocalEngines;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Who asks, where that is not whoever is at this machine. Without any of these, whoever can read the files is trusted.
public final class AskerOptions {
    @Option(
            names = "--as",
            paramLabel = "USER",
            description = "Who asks: what this user may not read is not used or shown.")
    Optional<String> user = Optional.empty();

    @Option(
            names = "--groups",
            split = ",",
            paramLabel = "GROUP",
            description = "The groups that the user is in.")
    List<String> groups = List.of();

    @Option(names = "--tenant", paramLabel = "TENANT", description = "The tenant of the user.")
    Optional<String> tenant = Optional.empty();

    public boolean areGiven() {
        return user.isPresent() || !groups.isEmpty() || tenant.isPresent();
    }

    /// Empty where nobody is named.
    public Optional<Principal> given() {
        return areGiven() ? Optional.of(principal()) : Optional.empty();
    }

    public Principal principal() {
        return areGiven() ? Principal.of(user, groups, tenant) : Principal.local();
    }

    /// Whether the one who is named may read it; who names nobody has the files anyway.
    public boolean mayRead(Readers readers) {
        return given().map(readers::admit).orElse(true);
    }

    /// The model, where the one who is named may read all that it was made from.
    public String allowed(String model, LocalEngines engines) {
        if (areGiven()) {
            require(engines.readers(model), model);
        }
        return model;
    }

    /// @param what that was made from what not everyone may read
    /// @throws SartorException a user's error where the one who is named may not read all of that
    public void require(Readers readers, String what) {
        if (!mayRead(readers)) {
            throw SartorException.user(
                    String.join(", ", principal().sorted())
                            + " may not use or see "
                            + what
                            + ": not all that it was made from is for this user. Name all of the"
                            + " user's groups with --groups and the tenant with --tenant, or ask"
                            + " whoever keeps the files.");
        }
    }
}
