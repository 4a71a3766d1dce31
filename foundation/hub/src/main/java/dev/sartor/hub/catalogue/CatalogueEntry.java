package dev.sartor.hub.catalogue;

import dev.sartor.core.Problems;
import java.util.List;

/// A model whose every byte is known.
///
/// @param repository `owner/name` on the Hugging Face hub
/// @param revision the commit there, or `main` where the digests alone pin the content
/// @param upstream the repository of the model that this one was made from
/// @param parameters how many weights
/// @param context the most tokens it reads at once
public record CatalogueEntry(
        String name,
        String summary,
        String repository,
        String revision,
        String upstream,
        Licence licence,
        long parameters,
        int context,
        List<ModelFile> files) {
    public CatalogueEntry {
        files = List.copyOf(files);
        Problems.refuseUnless(!files.isEmpty(), name, "given files", "none", "name them");
        Problems.refuseUnless(context > 0, name + "'s context", "more than 0", context, "tokens");
    }

    /// In bytes.
    public long size() {
        return files.stream().mapToLong(ModelFile::size).sum();
    }
}
