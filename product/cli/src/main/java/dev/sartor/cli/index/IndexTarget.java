package dev.sartor.cli.index;

import dev.sartor.core.SartorException;
import dev.sartor.core.file.Sha256;
import dev.sartor.documents.source.FolderSource;
import dev.sartor.retrieve.index.IndexStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Where an index is written: apart from its documents, and over nothing but an index.
record IndexTarget(String address) {
    /// Characters of a digest that tell one database from another.
    private static final int NAME = 16;

    /// @throws SartorException a user's error where something else is there, or a source
    void check(List<Path> sources) {
        if (!address.contains("://")) {
            refuseAmong(sources, Path.of(address));
        }
        IndexStorage.at(address).refuseAnother();
    }

    /// Where copies of remote sources are kept between two runs: beside the index's own files, or, where it is in a database, in
    /// this machine's cache.
    Path fetched(Path cache) {
        return address.contains("://")
                ? cache.resolve("sources").resolve(Sha256.of(address).substring(0, NAME))
                : Path.of(address).resolve(FolderSource.FETCHED);
    }

    private static void refuseAmong(List<Path> sources, Path out) {
        var target = real(out);
        for (var source : sources) {
            var place = real(source);
            if (target.equals(place)) {
                throw among(out, "is the source", source);
            }
            if (target.startsWith(place)) {
                throw among(out, "lies in the source", source);
            }
            if (place.startsWith(target)) {
                throw among(out, "holds the source", source);
            }
        }
    }

    private static SartorException among(Path out, String how, Path source) {
        return SartorException.user(
                "--out must be a folder apart from the documents, got "
                        + out
                        + ", which "
                        + how
                        + " "
                        + source
                        + ": name a folder beside it, such as "
                        + real(source).getFileName()
                        + "-index.");
    }

    /// Through links, as far as the path exists.
    private static Path real(Path path) {
        var whole = path.toAbsolutePath().normalize();
        for (var there = whole; there != null; there = there.getParent()) {
            if (Files.exists(there)) {
                try {
                    return there.toRealPath().resolve(there.relativize(whole)).normalize();
                } catch (IOException e) {
                    throw SartorException.user(path + " cannot be entered: check the path.", e);
                }
            }
        }
        return whole;
    }
}
