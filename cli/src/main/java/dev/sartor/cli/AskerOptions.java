package dev.sartor.cli;

import dev.sartor.core.Principal;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Whose view of an index is wanted, in place of that of whoever keeps it.
final class AskerOptions {
    @Option(
            names = "--as",
            paramLabel = "USER",
            description = "Only what this user may read, as if there were nothing else.")
    Optional<String> user = Optional.empty();

    @Option(
            names = "--groups",
            split = ",",
            paramLabel = "GROUP",
            description = "The groups that the user is in.")
    List<String> groups = List.of();

    /// Empty where nobody is named.
    Optional<Principal> principal() {
        return principal(user, groups);
    }

    static Optional<Principal> principal(Optional<String> user, List<String> groups) {
        if (user.isEmpty() && groups.isEmpty()) {
            return Optional.empty();
        }
        var names = new HashSet<String>();
        user.ifPresent(name -> names.add("user:" + name));
        groups.forEach(name -> names.add("group:" + name));
        return Optional.of(new Principal(names));
    }
}
