package dev.sartor.hub;

import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.type.TypeReference;

/// The models that Sartor knows byte by byte, and the licences that it has read.
public record Catalogue(List<CatalogueEntry> entries, List<Licence> licences) {
    private record Row(
            String name,
            String summary,
            String repository,
            String revision,
            String upstream,
            String licence,
            long parameters,
            int context,
            List<FileRow> files) {}

    private record FileRow(String path, long size, String sha256, List<PackagePart> parts) {}

    public Catalogue {
        entries = List.copyOf(entries);
        licences = List.copyOf(licences);
    }

    public static Catalogue builtIn() {
        var licences = read("licences.json", new TypeReference<List<Licence>>() {});
        var rows = read("catalogue.json", new TypeReference<List<Row>>() {});
        return new Catalogue(rows.stream().map(r -> entry(r, licences)).toList(), licences);
    }

    public Optional<CatalogueEntry> find(String name) {
        return entries.stream().filter(e -> e.name().equals(name)).findFirst();
    }

    Optional<Licence> licence(String id) {
        return licences.stream().filter(l -> l.id().equalsIgnoreCase(id)).findFirst();
    }

    private static CatalogueEntry entry(Row row, List<Licence> licences) {
        var licence =
                licences.stream()
                        .filter(l -> l.id().equals(row.licence()))
                        .findFirst()
                        .orElseThrow(() ->
                                SartorException.defect(
                                        "catalogue.json names the licence "
                                                + row.licence()
                                                + ", which licences.json lacks"));
        return new CatalogueEntry(
                row.name(),
                row.summary(),
                row.repository(),
                row.revision(),
                row.upstream(),
                licence,
                row.parameters(),
                row.context(),
                row.files().stream()
                        .map(f ->
                                new ModelFile(
                                        f.path(), f.size(), Checksum.sha256(f.sha256()), f.parts()))
                        .toList());
    }

    private static <T> T read(String resource, TypeReference<T> type) {
        try (var in = Catalogue.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw SartorException.defect("the resource " + resource + " is not in the jar");
            }
            return Json.mapper().readValue(in.readAllBytes(), type);
        } catch (IOException e) {
            throw SartorException.defect("the resource " + resource + " cannot be read", e);
        }
    }
}
