package dev.sartor.hub.source;

import dev.sartor.core.Json;
import dev.sartor.core.work.Progress;
import dev.sartor.hub.cache.Manifest;
import dev.sartor.hub.cache.ModelCache;
import dev.sartor.hub.catalogue.ModelFile;
import dev.sartor.hub.catalogue.ModelGlance;
import dev.sartor.hub.catalogue.ModelName;
import dev.sartor.hub.catalogue.WeightFiles;
import dev.sartor.hub.fetch.Disk;
import dev.sartor.hub.fetch.FetchFailure;
import dev.sartor.hub.fetch.Fetcher;
import dev.sartor.hub.fetch.Meter;
import dev.sartor.hub.fetch.PartFile;
import dev.sartor.hub.fetch.SideBySide;
import dev.sartor.hub.fetch.Web;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// The Hugging Face hub, or a mirror of it.
final class HubSource implements Source {
    private static final int FILES_AT_ONCE = 4;
    private static final int LONGEST_CONFIG = 4 << 20;
    private static final int LONGEST_LISTING = 64 << 20;

    private final URI endpoint;
    private final Fetcher fetcher;
    private final Disk disk;

    HubSource(URI endpoint, Fetcher fetcher, Disk disk) {
        this.endpoint = endpoint;
        this.fetcher = fetcher;
        this.disk = disk;
    }

    @Override
    public String title() {
        return "the Hugging Face hub (" + endpoint.getHost() + ")";
    }

    @Override
    public boolean mayHold(Manifest manifest) {
        return true;
    }

    @Override
    public void bring(
            Manifest manifest, List<ModelFile> missing, ModelCache shelf, Progress progress)
            throws FetchFailure {
        long total = missing.stream().mapToLong(ModelFile::size).sum();
        long there = missing.stream().mapToLong(f -> found(f, shelf)).sum();
        disk.require(shelf.room(), total - there, manifest.name());
        try (var step = progress.begin(manifest.name() + " from " + title(), total, "bytes")) {
            SideBySide.some(
                    missing.stream()
                            .<SideBySide.Work>map(file -> () -> bring(manifest, file, shelf, step))
                            .toList(),
                    FILES_AT_ONCE);
        }
    }

    private void bring(Manifest manifest, ModelFile file, ModelCache shelf, Progress.Step step)
            throws FetchFailure {
        step.note(file.path());
        var part = shelf.part(file.checksum());
        fetcher.fetch(address(manifest, file), part, file.size(), new Meter(step));
        shelf.keep(part, file, title());
    }

    private static long found(ModelFile file, ModelCache shelf) {
        return PartFile.found(
                shelf.part(file.checksum()), file.size(), Fetcher.segments(file.size()));
    }

    private URI address(Manifest manifest, ModelFile file) {
        return URI.create(
                endpoint
                        + "/"
                        + manifest.repository()
                        + "/resolve/"
                        + encoded(manifest.reference())
                        + "/"
                        + Arrays.stream(file.path().split("/"))
                                .map(HubSource::encoded)
                                .collect(Collectors.joining("/")));
    }

    private static String encoded(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /// What the hub's API says about a repository at a revision.
    JsonNode describe(ModelName.Repository name) throws FetchFailure {
        var address =
                URI.create(
                        endpoint
                                + "/api/models/"
                                + name.repository()
                                + "/revision/"
                                + encoded(name.revision())
                                + "?blobs=true");
        return json(address, LONGEST_LISTING);
    }

    /// What can be read of a model without fetching it.
    ModelGlance glance(Manifest manifest) throws FetchFailure {
        Optional<JsonNode> config = Optional.empty();
        long parameters = 0;
        boolean isCounted = true;
        for (var file : manifest.files()) {
            if (file.path().equals("config.json")) {
                config = Optional.of(json(address(manifest, file), LONGEST_CONFIG));
            } else if (WeightFiles.isGguf(file.path())) {
                isCounted = false;
            } else if (WeightFiles.areWeights(file.path())) {
                parameters += new SafetensorsGlance(fetcher, address(manifest, file)).parameters();
            }
        }
        return new ModelGlance(
                config, isCounted ? OptionalLong.of(parameters) : OptionalLong.empty());
    }

    private JsonNode json(URI address, int most) throws FetchFailure {
        try {
            return Json.mapper().readTree(fetcher.small(address, most));
        } catch (JacksonException e) {
            throw new FetchFailure.Refused(
                    Web.shown(address) + " did not answer with JSON: is HF_ENDPOINT a hub?", e);
        }
    }

    URI page(String repository) {
        return URI.create(endpoint + "/" + repository);
    }
}
