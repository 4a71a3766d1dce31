package dev.sartor.hub.cache;

import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.hub.catalogue.Checksum;
import dev.sartor.hub.catalogue.ModelFile;
import dev.sartor.hub.catalogue.PackagePart;
import dev.sartor.hub.fetch.FetchFailure;
import dev.sartor.hub.fetch.PartFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.DosFileAttributeView;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/// One model's place in the cache, laid out as the Hugging Face hub's own cache: `blobs/` holds each content once,
/// read-only and named by its digest; `snapshots/REVISION/` links to it under the files' names; `refs/` says which
/// commit a branch meant. `manifests/REVISION.json` is ours.
public final class ModelCache {
    private final Path folder;

    ModelCache(Path folder) {
        this.folder = folder;
    }

    public Path folder() {
        return folder;
    }

    Path blob(Checksum checksum) {
        return folder.resolve("blobs").resolve(checksum.hex());
    }

    /// The folder that all of it is written under; it exists.
    public Path room() {
        return made("blobs");
    }

    /// Where a blob grows.
    public Path part(Checksum checksum) {
        return made("blobs").resolve(checksum.hex() + ".part");
    }

    /// Where a file is put together from packages.
    public Path unpacked(Checksum checksum) {
        return made("blobs").resolve(checksum.hex() + ".unpacked");
    }

    /// Where a package's wheel lies until the wanted files are taken out.
    public Path wheel(PackagePart part) {
        return made("wheels").resolve(part.name() + "-" + part.version() + ".whl");
    }

    private Path made(String name) {
        var made = folder.resolve(name);
        try {
            Files.createDirectories(made);
        } catch (IOException e) {
            throw AtomicFile.failure(made, e);
        }
        return made;
    }

    public boolean holds(ModelFile file) {
        try {
            var blob = blob(file.checksum());
            return Files.isRegularFile(blob) && Files.size(blob) == file.size();
        } catch (IOException e) {
            return false;
        }
    }

    /// Takes in a file that lies in this shelf if its content is what it must be; deletes it if not.
    ///
    /// @param source named in the error
    public void keep(Path fetched, ModelFile file, String source) throws FetchFailure.Refused {
        check(fetched, file.checksum(), file.path(), source);
        try {
            makeReadOnly(fetched);
            Files.move(
                    fetched,
                    blob(file.checksum()),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            PartFile.discard(part(file.checksum()));
        } catch (IOException e) {
            throw AtomicFile.failure(blob(file.checksum()), e);
        }
    }

    /// Deletes the file and refuses where its content is not what it must be.
    public static void check(Path fetched, Checksum expected, String name, String source)
            throws FetchFailure.Refused {
        try {
            var got = expected.of(fetched);
            if (got.equals(expected)) {
                return;
            }
            PartFile.discard(fetched);
            throw new FetchFailure.Refused(
                    name
                            + " from "
                            + source
                            + " must have the "
                            + expected
                            + ", got "
                            + got.hex()
                            + "; the file was deleted");
        } catch (IOException e) {
            throw AtomicFile.failure(fetched, e);
        }
    }

    /// The folder with all of the model's files under their names. They must be in the blobs.
    public Path snapshot(Manifest manifest) {
        if (Manifest.isCommit(manifest.reference())
                && !manifest.revision().equals(manifest.reference())) {
            // Only one of several weights: Python's tools look for it under the commit's own name.
            linked(manifest, manifest.reference());
        }
        var snapshot = linked(manifest, manifest.revision());
        var written = manifestFile(manifest.revision());
        if (!Files.exists(written)) {
            AtomicFile.publish(written, Json.pretty(manifest) + "\n");
        }
        return snapshot;
    }

    private Path linked(Manifest manifest, String revision) {
        var snapshot = folder.resolve("snapshots").resolve(revision);
        try {
            for (var file : manifest.files()) {
                var link = snapshot.resolve(file.path());
                if (!Files.exists(link)) {
                    var above = Objects.requireNonNull(link.getParent());
                    Files.createDirectories(above);
                    Files.deleteIfExists(link);
                    link(link, above.relativize(blob(file.checksum())));
                }
            }
        } catch (IOException e) {
            throw AtomicFile.failure(snapshot, e);
        }
        return snapshot;
    }

    /// A symbolic link; where the system makes none, a hard link; where not that either, a copy.
    ///
    /// @param target relative to the link's folder
    private static void link(Path link, Path target) throws IOException {
        try {
            Files.createSymbolicLink(link, target);
            return;
        } catch (IOException | UnsupportedOperationException e) {
            Files.deleteIfExists(link);
        }
        var blob = link.resolveSibling(target).normalize();
        try {
            Files.createLink(link, blob);
        } catch (IOException | UnsupportedOperationException e) {
            Files.copy(blob, link);
            makeReadOnly(link);
        }
    }

    /// The revision that a branch or tag meant when it was pulled.
    public Optional<String> meaning(String reference) {
        try {
            var file = folder.resolve("refs").resolve(reference);
            return Files.isRegularFile(file)
                    ? Optional.of(Files.readString(file).strip())
                    : Optional.empty();
        } catch (IOException e) {
            throw SartorException.missing("cannot read the cache's " + folder + "/refs", e);
        }
    }

    public void mean(String reference, String revision) {
        if (!reference.equals(revision)) {
            AtomicFile.publish(folder.resolve("refs").resolve(reference), revision);
        }
    }

    /// As {@link #mean}, where nobody has said yet what the reference means.
    public void meanFirst(String reference, String revision) {
        if (meaning(reference).isEmpty()) {
            mean(reference, revision);
        }
    }

    public Optional<Manifest> manifest(String revision) {
        var file = manifestFile(revision);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Json.mapper().treeToValue(Json.read(file), Manifest.class));
        } catch (JacksonException e) {
            throw SartorException.missing(
                    file + " is not a manifest of Sartor: remove " + folder + " and pull again", e);
        }
    }

    public List<Manifest> manifests() {
        var found = new ArrayList<Manifest>();
        var names = folder.resolve("manifests");
        if (!Files.isDirectory(names)) {
            return found;
        }
        try (var files = Files.newDirectoryStream(names, "*.json")) {
            for (var file : files) {
                var name = file.getFileName().toString();
                manifest(name.substring(0, name.length() - ".json".length())).ifPresent(found::add);
            }
        } catch (IOException e) {
            throw SartorException.missing("cannot read " + names, e);
        }
        return found;
    }

    private Path manifestFile(String revision) {
        return folder.resolve("manifests").resolve(revision + ".json");
    }

    /// Everything that lies here, unfinished files included, links not followed. In bytes.
    public long bytes() {
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        try (var files = Files.walk(folder)) {
            long sum = 0;
            for (var file : (Iterable<Path>) files::iterator) {
                if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                    sum += Files.size(file);
                }
            }
            return sum;
        } catch (IOException e) {
            throw SartorException.missing("cannot read " + folder, e);
        }
    }

    public void remove() {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                var dos = Files.getFileAttributeView(file, DosFileAttributeView.class);
                if (dos != null && java.io.File.separatorChar == '\\' && !Files.isDirectory(file)) {
                    dos.setReadOnly(false);
                }
                Files.delete(file);
            }
        } catch (IOException e) {
            throw SartorException.missing("cannot remove " + folder + ": " + e.getMessage(), e);
        }
    }

    private static void makeReadOnly(Path file) throws IOException {
        var posix = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (posix != null) {
            posix.setPermissions(PosixFilePermissions.fromString("r--r--r--"));
            return;
        }
        var dos = Files.getFileAttributeView(file, DosFileAttributeView.class);
        if (dos != null) {
            dos.setReadOnly(true);
        }
    }
}
