package dev.sartor.sources;

import dev.sartor.core.Problems;
import dev.sartor.core.file.Folders;
import dev.sartor.core.file.PrivateFiles;
import dev.sartor.documents.AccessRule;
import dev.sartor.documents.IgnoreRules;
import dev.sartor.documents.ParseReport;
import dev.sartor.documents.access.FolderAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The files of rules in a remote tree (`.access.yaml`, `report.pdf.access.yaml`, `.sartorignore`), copied into a folder, where
/// they hold as they do in a folder of documents. Only those that have changed are fetched again.
final class TreeRules {
    private static final String IGNORE = ".sartorignore";
    private static final int MOST = 10_000;

    private final Path folder;
    private final Map<String, String> stamps = new HashMap<>();

    TreeRules(Path folder) {
        this.folder = folder;
    }

    private static boolean isSidecar(String path) {
        return Names.last(path).endsWith(FolderAccess.SIDECAR);
    }

    private static boolean isRules(String path) {
        return isSidecar(path) || Names.last(path).equals(IGNORE);
    }

    /// What holds for one listing.
    final class Now {
        private final FolderAccess access = new FolderAccess(folder, false);
        private final Map<String, IgnoreRules> ignored = new HashMap<>();
        private final Set<String> made = new HashSet<>();
        private final List<String> sidecars;

        private Now(List<String> sidecars) {
            this.sidecars = sidecars;
        }

        /// Whether a name on the way begins with a dot, or a file of rules leaves it out.
        boolean leavesOut(String path) throws IOException {
            if (path.startsWith(".") || path.contains("/.") || isSidecar(path)) {
                return true;
            }
            for (int end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) {
                if (isOut(path.substring(0, end), true)) {
                    return true;
                }
            }
            return isOut(path, false);
        }

        private boolean isOut(String path, boolean isFolder) throws IOException {
            boolean out = rules("").leavesOut(path, isFolder, false);
            for (int end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) {
                var below = path.substring(end + 1);
                out = rules(path.substring(0, end)).leavesOut(below, isFolder, out);
            }
            return out;
        }

        private IgnoreRules rules(String above) throws IOException {
            var known = ignored.get(above);
            if (known == null) {
                known = IgnoreRules.in(folder.resolve(above));
                ignored.put(above, known);
            }
            return known;
        }

        List<AccessRule> of(String path) throws IOException {
            int end = path.lastIndexOf('/');
            if (made.add(end < 0 ? "" : path.substring(0, end))) {
                Files.createDirectories(folder.resolve(path).resolveSibling("."));
            }
            return access.of(folder.resolve(path));
        }

        List<ParseReport.Unreadable> broken() {
            return access.broken();
        }

        /// Sidecars that are about none of these documents, in sentences.
        List<String> unused(Set<String> documents) {
            return sidecars.stream()
                    .filter(sidecar -> {
                        var about =
                                sidecar.substring(
                                        0, sidecar.length() - FolderAccess.SIDECAR.length());
                        return (about.isEmpty() || about.endsWith("/"))
                                ? documents.stream().noneMatch(each -> each.startsWith(about))
                                : !documents.contains(about);
                    })
                    .map(sidecar -> sidecar + ":1: is about no document.")
                    .toList();
        }
    }

    Now now(Store store, List<Store.Entry> entries) throws IOException {
        PrivateFiles.makeFolder(folder);
        var sidecars = new ArrayList<String>();
        var there = new HashMap<String, Store.Entry>();
        for (var entry : entries) {
            if (isRules(entry.path())) {
                there.put(entry.path(), entry);
            }
        }
        Problems.refuseUnless(
                there.size() <= MOST,
                "the files of rules",
                "at most 10,000",
                there.size(),
                "write the rules into one file, and name it with --access.");
        for (var path : List.copyOf(stamps.keySet())) {
            if (!there.containsKey(path)) {
                Files.deleteIfExists(folder.resolve(path));
                stamps.remove(path);
            }
        }
        for (var entry : there.values()) {
            if (isSidecar(entry.path())) {
                sidecars.add(entry.path());
            }
            if (!entry.stamp().equals(stamps.get(entry.path()))) {
                var file = folder.resolve(entry.path());
                Files.createDirectories(file.resolveSibling("."));
                Files.deleteIfExists(file);
                stamps.remove(entry.path());
                store.fetch(entry, file);
                stamps.put(entry.path(), entry.stamp());
            }
        }
        return new Now(sidecars.stream().sorted().toList());
    }

    void clear() throws IOException {
        if (Files.isDirectory(folder)) {
            Folders.delete(folder);
        }
    }
}
