package dev.sartor.hub.source;

import dev.sartor.core.file.AtomicFile;
import dev.sartor.hub.cache.ModelCache;
import dev.sartor.hub.catalogue.Checksum;
import dev.sartor.hub.fetch.FetchFailure;
import dev.sartor.hub.fetch.Fetcher;
import dev.sartor.hub.fetch.PartFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// A package's archive, and where it lies on this machine or will lie.
///
/// @param size of what is to be fetched; {@link PartFile#UNKNOWN} where nobody says or nothing is
record Wheel(String title, Origin origin, Path file, long size) {
    /// What pip says about it.
    record Origin(URI address, Optional<Checksum> checksum) {
        /// Whether it lies on this machine already, in a folder of the user's.
        boolean isLocal() {
            return "file".equals(address.getScheme());
        }
    }

    boolean isThere() {
        return Files.isRegularFile(file);
    }

    /// Where it grows.
    Path part() {
        return file.resolveSibling(file.getFileName() + ".part");
    }

    /// Bytes still to be fetched.
    long missing() {
        return isThere() || size == PartFile.UNKNOWN
                ? 0
                : size - PartFile.found(part(), size, Fetcher.segments(size));
    }

    /// The part is complete: takes it as the wheel, or deletes it and refuses.
    void arrived() throws FetchFailure.Refused {
        if (origin.checksum().isPresent()) {
            ModelCache.check(
                    part(), origin.checksum().orElseThrow(), file.getFileName() + "", title);
        }
        try {
            Files.move(part(), file);
            PartFile.seal(part());
        } catch (IOException e) {
            throw AtomicFile.failure(file, e);
        }
    }

    /// The user's own wheel stays.
    void removeCopy() {
        if (origin.isLocal()) {
            return;
        }
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            org.slf4j.LoggerFactory.getLogger(Wheel.class).warn("left behind: {}", file, e);
        }
    }
}
