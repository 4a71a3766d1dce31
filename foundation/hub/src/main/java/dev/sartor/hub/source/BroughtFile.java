package dev.sartor.hub.source;

import dev.sartor.core.file.AtomicFile;
import dev.sartor.hub.cache.ModelCache;
import dev.sartor.hub.catalogue.ModelFile;
import dev.sartor.hub.fetch.Disk;
import dev.sartor.hub.fetch.FetchFailure;
import dev.sartor.hub.fetch.PartFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A file on this machine that may be one of a model's. It is never changed, only copied.
record BroughtFile(Path path, Disk disk) {
    boolean isThere() {
        return Files.isRegularFile(path);
    }

    /// @throws FetchFailure.Refused where its content is another
    void copyTo(ModelCache shelf, ModelFile file) throws FetchFailure.Refused {
        var part = shelf.part(file.checksum());
        try {
            var got = file.checksum().of(path);
            if (!got.equals(file.checksum())) {
                throw new FetchFailure.Refused(
                        path + " must have the " + file.checksum() + ", got " + got.hex());
            }
            disk.require(shelf.room(), file.size(), file.path());
            PartFile.discard(part);
            Files.copy(path, part);
        } catch (IOException e) {
            throw AtomicFile.failure(part, e);
        }
        shelf.keep(part, file, path.toString());
    }
}
