package dev.sartor.hub.source;

import dev.sartor.core.work.Progress;
import dev.sartor.hub.cache.Manifest;
import dev.sartor.hub.cache.ModelCache;
import dev.sartor.hub.catalogue.ModelFile;
import dev.sartor.hub.fetch.Disk;
import dev.sartor.hub.fetch.FetchFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Files that the user carried here, for a machine that reaches neither hub nor packages: `by-hand/NAME/` in the models'
/// cache. Checked like all others, and copied.
final class HandSource implements Source {
    private final Path folder;
    private final Disk disk;

    HandSource(Path models, Disk disk) {
        this.folder = models.resolve("by-hand");
        this.disk = disk;
    }

    Path folder(String model) {
        return folder.resolve(model.replace("/", "--"));
    }

    @Override
    public String title() {
        return "the folder for files brought by hand";
    }

    @Override
    public boolean mayHold(Manifest manifest) {
        return Files.isDirectory(folder(manifest.name()));
    }

    @Override
    public void bring(
            Manifest manifest, List<ModelFile> missing, ModelCache shelf, Progress progress)
            throws FetchFailure {
        for (var file : missing) {
            var brought = new BroughtFile(folder(manifest.name()).resolve(file.path()), disk);
            if (brought.isThere()) {
                brought.copyTo(shelf, file);
            }
        }
    }
}
