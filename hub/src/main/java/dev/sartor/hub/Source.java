package dev.sartor.hub;

import dev.sartor.core.Progress;
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
