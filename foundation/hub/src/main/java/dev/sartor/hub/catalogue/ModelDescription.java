package dev.sartor.hub.catalogue;

import java.util.List;
import java.util.Optional;

/// What is known about a model without fetching it.
///
/// @param repository `owner/name` on the hub
/// @param entry its place in the catalogue; empty for one that was pulled by its repository's name
/// @param size of all its files, in bytes
/// @param cachedBytes what of the repository lies in the cache, unfinished downloads included
/// @param complete whether nothing is left to fetch
public record ModelDescription(
        String name,
        String repository,
        String revision,
        Optional<CatalogueEntry> entry,
        Licence licence,
        List<ModelFile> files,
        long size,
        long cachedBytes,
        boolean complete) {
    public ModelDescription {
        files = List.copyOf(files);
    }
}
