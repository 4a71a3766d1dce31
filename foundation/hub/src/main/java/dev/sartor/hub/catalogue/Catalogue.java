package dev.sartor.hub.catalogue;

import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;

/// The models that Sartor knows byte by byte, others that it knows by name, and the licences that it has read.
public record Catalogue(
        List<CatalogueEntry> entries, List<Licence> licences, List<KnownModel> known) {
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

    private record KnownRow(
            String repository,
            String licence,
            long parameters,
            int context,
            Set<String> languages,
            Set<String> does,
            JsonNode config) {}

    private record FileRow(String path, long size, String sha256, List<PackagePart> parts) {}

    public Catalogue {
        entries = List.copyOf(entries);
        licences = List.copyOf(licences);
        known = List.copyOf(known);
    }

    public static Catalogue builtIn() {
        var licences = read("licences.json", new TypeReference<List<Licence>>() {});
        var rows = read("catalogue.json", new TypeReference<List<Row>>() {});
        var known = read("known.json", new TypeReference<List<KnownRow>>() {});
        return new Catalogue(
                rows.stream().map(r -> entry(r, licences)).toList(),
                licences,
                known.stream().map(r -> known(r, licences)).toList());
    }

    public Optional<CatalogueEntry> find(String name) {
        return entries.stream().filter(e -> e.name().equals(name)).findFirst();
    }

    /// A well-known model by its repository.
    public Optional<KnownModel> known(String repository) {
        return known.stream().filter(k -> k.repository().equalsIgnoreCase(repository)).findFirst();
    }

    public Optional<Licence> licence(String id) {
        return licences.stream().filter(l -> l.id().equalsIgnoreCase(id)).findFirst();
    }

    private static KnownModel known(KnownRow row, List<Licence> licences) {
        return new KnownModel(
                row.repository(),
                licence(row.licence(), licences),
                row.parameters(),
                row.context(),
                row.languages(),
                row.does().stream().map(Ability::named).collect(Collectors.toSet()),
                row.config());
    }

    private static Licence licence(String id, List<Licence> licences) {
        return licences.stream()
                .filter(l -> l.id().equals(id))
                .findFirst()
                .orElseThrow(() ->
                        SartorException.defect(
                                "the catalogue names the licence "
                                        + id
                                        + ", which licences.json lacks"));
    }

    private static CatalogueEntry entry(Row row, List<Licence> licences) {
        var licence = licence(row.licence(), licences);
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
