package dev.sartor.documents.source;

import dev.sartor.core.SartorException;
import dev.sartor.data.DocumentColumns;
import dev.sartor.documents.ParseLimits;
import dev.sartor.documents.access.AccessPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

/// Opens sources by what they are: a folder of documents, a BEIR corpus (a folder with corpus.jsonl), a file of rows.
///
/// @param included of folders, patterns of paths, one of which must fit; none for all
/// @param columns of files of rows
public record DocumentSources(
        List<String> included, DocumentColumns columns, AccessPolicy access, ParseLimits limits) {
    private static final String BEIR = "corpus.jsonl";
    private static final Set<String> ROWS =
            Set.of("jsonl", "ndjson", "json", "csv", "tsv", "parquet", "arrow", "feather");

    public DocumentSources {
        included = List.copyOf(included);
    }

    /// A source, and what documents' paths begin with where there are several.
    ///
    /// @param opening opens it, given its access rules; nothing is read before it is listed
    public record Named(String name, Function<AccessPolicy, DocumentSource> opening) {}

    /// @param sources where there are several, their paths begin with the sources' names
    public DocumentSource open(List<Path> sources) {
        return openNamed(sources.stream().map(this::named).toList());
    }

    public Named named(Path source) {
        return new Named(
                String.valueOf(source.toAbsolutePath().normalize().getFileName()),
                rules -> open(source, rules));
    }

    public DocumentSource openNamed(List<Named> sources) {
        var all = joined(sources);
        return access.manifest()
                .<DocumentSource>map(rules -> new ManifestShelf(all, rules))
                .orElse(all);
    }

    private DocumentSource joined(List<Named> sources) {
        if (sources.size() == 1) {
            return sources.getFirst().opening().apply(access);
        }
        var shelves = new LinkedHashMap<String, DocumentSource>();
        for (var source : sources) {
            var name = source.name();
            if (shelves.containsKey(name)) {
                throw SartorException.user(
                        "two sources are named "
                                + name
                                + ": documents' paths begin with the source's name; rename one.");
            }
            shelves.put(name, source.opening().apply(access.under(name)));
        }
        return new JoinedSource(shelves);
    }

    private DocumentSource open(Path source, AccessPolicy rules) {
        if (Files.isRegularFile(source.resolve(BEIR))) {
            return new RowSource(source.resolve(BEIR), columns, rules);
        }
        if (Files.isDirectory(source)) {
            return new FolderSource(source, included, rules, limits);
        }
        var name = String.valueOf(source.getFileName()).toLowerCase(Locale.ROOT);
        if (Files.isRegularFile(source)
                && ROWS.contains(name.substring(name.lastIndexOf('.') + 1))) {
            return new RowSource(source, columns, rules);
        }
        throw SartorException.user(
                source
                        + " must be a folder of documents, a BEIR corpus, or a JSONL, JSON, CSV,"
                        + " Parquet or Arrow file whose rows are documents: check the path, or name the folder that the"
                        + " file is in.");
    }
}
