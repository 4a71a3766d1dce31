package dev.sartor.cli;

import dev.sartor.core.Principal;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Who asks an index, where that is not whoever is at this machine.
final class AskerOptions {
    @Option(names = "--as", paramLabel = "USER", description = "Who asks an index.")
    Optional<String> user = Optional.empty();

    @Option(
            names = "--groups",
            split = ",",
            paramLabel = "GROUP",
            description = "The groups that he is in.")
    List<String> groups = List.of();

    boolean areGiven() {
        return user.isPresent() || !groups.isEmpty();
    }

    /// Empty where nobody is named.
    Optional<Principal> given() {
        return areGiven() ? Optional.of(principal()) : Optional.empty();
    }

    Principal principal() {
        if (!areGiven()) {
            return Principal.local();
        }
        var names = new HashSet<String>();
        user.ifPresent(name -> names.add("user:" + name));
        groups.forEach(name -> names.add("group:" + name));
        return new Principal(names);
    }
}
