package dev.sartor.hub.source;

import dev.sartor.core.work.Progress;
import dev.sartor.hub.cache.Manifest;
import dev.sartor.hub.cache.ModelCache;
import dev.sartor.hub.catalogue.ModelFile;
import dev.sartor.hub.fetch.FetchFailure;
import java.util.List;

/// A place that may hold a model's files.
interface Source {
    /// For messages.
    String title();

    /// Whether it is worth asking for this model.
    boolean mayHold(Manifest manifest);

    /// Brings the missing files into the shelf, or as many as it can before it fails.
    void bring(Manifest manifest, List<ModelFile> missing, ModelCache shelf, Progress progress)
            throws FetchFailure;
}
