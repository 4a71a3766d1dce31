package dev.sartor.hub;

import dev.sartor.core.AtomicFile;
import dev.sartor.core.Progress;
import java.io.IOException;
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
    public void bring(Manifest manifest, List<ModelFile> missing, Shelf shelf, Progress progress)
            throws FetchFailure {
        for (var file : missing) {
            var brought = folder(manifest.name()).resolve(file.path());
            if (Files.isRegularFile(brought)) {
                keep(brought, file, shelf);
            }
        }
    }

    /// The user's own file is never deleted, only refused.
    private void keep(Path brought, ModelFile file, Shelf shelf) throws FetchFailure {
        var part = shelf.part(file.checksum());
        try {
            var got = file.checksum().of(brought);
            if (!got.equals(file.checksum())) {
                throw new FetchFailure.Refused(
                        brought + " must have the " + file.checksum() + ", got " + got.hex());
            }
            disk.require(shelf.room(), file.size(), file.path());
            PartFile.discard(part);
            Files.copy(brought, part);
        } catch (IOException e) {
            throw AtomicFile.failure(part, e);
        }
        shelf.keep(part, file, brought.toString());
    }
}
