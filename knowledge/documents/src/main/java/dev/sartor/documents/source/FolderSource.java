package dev.sartor.documents.source;

import dev.sartor.core.Readers;
import dev.sartor.core.SartorException;
import dev.sartor.core.file.Sha256;
import dev.sartor.core.work.Progress;
import dev.sartor.documents.Document;
import dev.sartor.documents.Glob;
import dev.sartor.documents.IgnoreRules;
import dev.sartor.documents.Metadata;
import dev.sartor.documents.ParseLimits;
import dev.sartor.documents.ParseReport;
import dev.sartor.documents.access.AccessPolicy;
import dev.sartor.documents.access.FolderAccess;
import dev.sartor.documents.parse.TextRecognition;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A folder tree as a source of documents. Names that begin with a dot, access sidecars, links, and what `.sartorignore`
/// files leave out are no documents, nor is a standing index in the tree.
public final class FolderSource implements DocumentSource {
    /// Beside one of the two files a folder of this name is what a standing index holds.
    public static final String GENERATIONS = "generations";

    public static final String CURRENT = "current";
    public static final String LOCK = "lock";

    /// In a standing index's folder: copies of what was fetched from remote sources.
    public static final String FETCHED = "sources";

    private final Path root;
    private final List<Glob> included;
    private final AccessPolicy access;
    private final DocumentFolder reading;
    private final FileReading files;
    private List<ParseReport.Unreadable> remarks = List.of();
    private List<String> unused = List.of();

    /// @param included patterns of paths, one of which must fit; none for all
    public FolderSource(Path root, List<String> included, AccessPolicy access, ParseLimits limits) {
        this(root, included, access, limits, TextRecognition.ofThisMachine());
    }

    FolderSource(
            Path root,
            List<String> included,
            AccessPolicy access,
            ParseLimits limits,
            TextRecognition recognition) {
        this.root = real(root);
        this.included = included.stream().map(Glob::of).toList();
        this.access = access;
        this.reading = new DocumentFolder(this.root, limits, recognition);
        this.files = new FileReading(reading, limits);
    }

    /// Links below the folder are not followed; the folder itself may be one.
    private static Path real(Path root) {
        try {
            return root.toRealPath();
        } catch (IOException e) {
            throw SartorException.user(root + " cannot be found or entered: check the path.", e);
        }
    }

    /// Whether the folder is a standing index, not documents.
    public static boolean isIndex(Path folder) {
        return Files.isDirectory(folder.resolve(GENERATIONS))
                && (Files.isRegularFile(folder.resolve(LOCK))
                        || Files.isRegularFile(folder.resolve(CURRENT)));
    }

    @Override
    public List<Listed> list() {
        var listing = new Listing();
        try {
            Files.walkFileTree(root, listing);
        } catch (IOException e) {
            throw SartorException.missing(
                    "cannot list the documents in " + root + ": " + e.getMessage(), e);
        }
        remarks = listing.rules.broken();
        unused = listing.unused();
        listing.found.sort(Comparator.comparing(Listed::path));
        return listing.found;
    }

    @Override
    public List<ParseReport.Unreadable> remarks() {
        return remarks;
    }

    @Override
    public List<String> unusedRules() {
        return unused;
    }

    @Override
    public String sha256(Listed listed) throws IOException {
        var content = Sha256.of(root.resolve(listed.path()));
        return Sha256.of(reading.reading(listed.path()) + "\n" + content);
    }

    @Override
    public List<Reading> read(List<Listed> some, Progress.Step step) {
        var read = files.read(some.stream().map(each -> root.resolve(each.path())).toList(), step);
        return some.stream().map(each -> reading(each, read.get(each.path()))).toList();
    }

    private static Reading reading(Listed listed, DocumentFolder.@Nullable Read read) {
        if (read == null) {
            throw SartorException.defect(listed.path() + " was not read");
        }
        return read.document()
                .map(document ->
                        Reading.of(
                                listed,
                                new Document(
                                        listed.path(),
                                        document.title(),
                                        document.sections(),
                                        listed.readers())))
                .orElseGet(() -> Reading.failed(listed, read.failure().orElseThrow().reason()));
    }

    @Override
    public void close() {
        files.close();
    }

    private final class Listing extends SimpleFileVisitor<Path> {
        private final List<Listed> found = new ArrayList<>();
        private final List<Path> sidecars = new ArrayList<>();
        private final Map<Path, IgnoreRules> ignored = new HashMap<>();
        private final FolderAccess rules = new FolderAccess(root, access.fileSystem());

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
                throws IOException {
            if (isIndex(folder) || (!folder.equals(root) && isLeftOut(folder, true))) {
                return FileVisitResult.SKIP_SUBTREE;
            }
            ignored.put(folder, IgnoreRules.in(folder));
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
            if (String.valueOf(file.getFileName()).endsWith(FolderAccess.SIDECAR)) {
                sidecars.add(file);
            }
            if (attributes.isRegularFile() && !isLeftOut(file, false) && isIncluded(file)) {
                var changed = attributes.lastModifiedTime().toInstant();
                found.add(
                        new Listed(
                                path(root, file),
                                stamp(file, attributes),
                                changed,
                                readers(file),
                                Metadata.ofFile(path(root, file), changed)));
            }
            return FileVisitResult.CONTINUE;
        }

        /// Sidecars of files that are not there (one that is left out may come back), and of folders without a document.
        private List<String> unused() {
            var documents = new HashSet<String>();
            var folders = new HashSet<String>();
            for (var listed : found) {
                documents.add(listed.path());
                int end = listed.path().lastIndexOf('/');
                while (end >= 0 && folders.add(listed.path().substring(0, end + 1))) {
                    end = listed.path().lastIndexOf('/', end - 1);
                }
            }
            return sidecars.stream()
                    .map(file -> path(root, file))
                    .filter(sidecar -> !isUsed(sidecar, documents, folders))
                    .sorted()
                    .map(sidecar ->
                            root.resolve(sidecar)
                                    + ":1: is about no document: "
                                    + (sidecar.endsWith("/" + FolderAccess.SIDECAR)
                                            ? "there is none in its folder."
                                            : "it stands beside the document and is named as it is, with "
                                                    + FolderAccess.SIDECAR
                                                    + " behind."))
                    .toList();
        }

        private boolean isUsed(String sidecar, Set<String> documents, Set<String> folders) {
            var about = sidecar.substring(0, sidecar.length() - FolderAccess.SIDECAR.length());
            return about.isEmpty()
                    ? !documents.isEmpty()
                    : about.endsWith("/")
                            ? folders.contains(about)
                            : documents.contains(about) || Files.isRegularFile(root.resolve(about));
        }

        /// Of the reading, too: a file that is read in another way is read again.
        private String stamp(Path file, BasicFileAttributes attributes) {
            return attributes.size()
                    + ":"
                    + attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS)
                    + ":"
                    + reading.reading(String.valueOf(file.getFileName()));
        }

        private Readers readers(Path file) throws IOException {
            return access.of(path(root, file), rules.of(file));
        }

        private boolean isIncluded(Path file) {
            return included.isEmpty()
                    || included.stream().anyMatch(glob -> glob.fits(path(root, file)));
        }

        private boolean isLeftOut(Path path, boolean isFolder) {
            var name = String.valueOf(path.getFileName());
            if (name.startsWith(".") || name.endsWith(FolderAccess.SIDECAR)) {
                return true;
            }
            boolean out = false;
            for (var entry : above(path)) {
                out = entry.rules().leavesOut(path(entry.folder(), path), isFolder, out);
            }
            return out;
        }

        private List<Above> above(Path path) {
            var all = new ArrayList<Above>();
            for (var folder = path.getParent(); folder != null; folder = folder.getParent()) {
                var here = ignored.get(folder);
                if (here != null && !here.rules().isEmpty()) {
                    all.addFirst(new Above(folder, here));
                }
                if (folder.equals(root)) {
                    break;
                }
            }
            return all;
        }

        private record Above(Path folder, IgnoreRules rules) {}

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE; // gone since the folder was listed
            }
            throw e;
        }
    }

    private static String path(Path from, Path file) {
        return from.relativize(file).toString().replace('\\', '/');
    }
}
