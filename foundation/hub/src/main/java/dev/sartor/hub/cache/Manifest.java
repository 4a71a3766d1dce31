package dev.sartor.hub.cache;

import dev.sartor.core.file.Sha256;
import dev.sartor.hub.catalogue.CatalogueEntry;
import dev.sartor.hub.catalogue.Licence;
import dev.sartor.hub.catalogue.ModelFile;
import java.util.List;
import java.util.stream.Collectors;

/// What a pulled model consists of; written beside it, so that the cache answers without the network.
///
/// @param name as the user writes it
/// @param reference what the hub is asked for: a commit, or `main` where the digests pin the content
/// @param revision names the snapshot: the commit where it is known, else made from the files' digests
public record Manifest(
        String name,
        String repository,
        String reference,
        String revision,
        Licence licence,
        List<ModelFile> files) {
    private static final String COMMIT = "[0-9a-f]{40}";

    public Manifest {
        files = List.copyOf(files);
    }

    public static Manifest of(CatalogueEntry entry) {
        return new Manifest(
                entry.name(),
                entry.repository(),
                entry.revision(),
                entry.revision().matches(COMMIT) ? entry.revision() : identity(entry.files()),
                entry.licence(),
                entry.files());
    }

    public long size() {
        return files.stream().mapToLong(ModelFile::size).sum();
    }

    public static boolean isCommit(String revision) {
        return revision.matches(COMMIT);
    }

    private static String identity(List<ModelFile> files) {
        return Sha256.of(
                        files.stream()
                                .map(f -> f.checksum().hex() + " " + f.path())
                                .sorted()
                                .collect(Collectors.joining("\n")))
                .substring(0, 40);
    }
}
