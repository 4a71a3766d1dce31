package dev.sartor.cli.option;

import dev.sartor.documents.access.AccessManifest;
import dev.sartor.documents.access.AccessPolicy;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Who may read documents that a command reads.
public final class AccessOptions {
    @Option(
            names = "--access",
            paramLabel = "MANIFEST",
            description = "A YAML or JSON file: which paths who may read, and who may not.")
    Optional<Path> access = Optional.empty();

    @Option(
            names = "--file-permissions",
            description = "Ask the file system, too, what owner, group and others may read.")
    boolean fileSystem;

    @Option(names = "--public", description = "Everyone may read what no rule is about.")
    boolean isPublic;

    public AccessPolicy policy() {
        return new AccessPolicy(access.map(AccessManifest::read), fileSystem, isPublic, "");
    }
}
