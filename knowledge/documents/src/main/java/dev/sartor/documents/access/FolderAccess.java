package dev.sartor.documents.access;

import dev.sartor.core.Problems;
import dev.sartor.core.Readers;
import dev.sartor.core.SartorException;
import dev.sartor.documents.AccessRule;
import dev.sartor.documents.ParseReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// What sidecar files and the file system say of who may read the documents of a folder, inherited from the folders above
/// up to the root. `report.pdf.access.yaml` is about report.pdf, `.access.yaml` about its folder. A sidecar that cannot be
/// understood lets nobody read. For one listing; not thread-safe.
public final class FolderAccess {
    public static final String SIDECAR = ".access.yaml";

    private final Path root;
    private final boolean fileSystem;
    private final Map<Path, AccessRule> sidecars = new HashMap<>();
    private final Map<Path, Set<String>> present = new HashMap<>();
    private final Map<Path, Readers> passable = new HashMap<>();
    private final List<ParseReport.Unreadable> broken = new ArrayList<>();

    public FolderAccess(Path root, boolean fileSystem) {
        this.root = root;
        this.fileSystem = fileSystem;
    }

    public List<AccessRule> of(Path file) throws IOException {
        var rules = new ArrayList<AccessRule>();
        var folder = folder(file);
        rules.add(ofFolder(folder).then(sidecar(folder, file.getFileName() + SIDECAR)));
        if (fileSystem) {
            var readers =
                    passable(folder)
                            .and(
                                    permitted(
                                            file,
                                            PosixFilePermission.OWNER_READ,
                                            PosixFilePermission.GROUP_READ,
                                            PosixFilePermission.OTHERS_READ));
            rules.add(new AccessRule(Optional.of(readers), Readers.everyone()));
        }
        return rules;
    }

    /// Sidecars that could not be understood.
    public List<ParseReport.Unreadable> broken() {
        return broken;
    }

    private static Path folder(Path file) {
        return Objects.requireNonNull(file.getParent(), "a document lies in a folder");
    }

    private AccessRule ofFolder(Path folder) throws IOException {
        var known = sidecars.get(folder);
        if (known != null) {
            return known;
        }
        var parent = folder.getParent();
        var above = folder.equals(root) || parent == null ? AccessRule.silent() : ofFolder(parent);
        var rule = above.then(sidecar(folder, SIDECAR));
        sidecars.put(folder, rule);
        return rule;
    }

    /// One listing of a folder is cheaper than a look for each document's sidecar.
    private Set<String> present(Path folder) throws IOException {
        var known = present.get(folder);
        if (known != null) {
            return known;
        }
        var names = new HashSet<String>();
        try (var files = Files.newDirectoryStream(folder, "*" + SIDECAR)) {
            files.forEach(file -> names.add(String.valueOf(file.getFileName())));
        }
        present.put(folder, names);
        return names;
    }

    private AccessRule sidecar(Path folder, String name) throws IOException {
        return present(folder).contains(name) ? read(folder.resolve(name)) : AccessRule.silent();
    }

    private AccessRule read(Path file) {
        var problems = new Problems();
        var rule = AccessRule.nobody();
        try {
            var keys = AccessYaml.keys(file, Set.of("readers", "deny"), problems);
            rule = AccessRule.of(keys, file.toString(), problems);
        } catch (SartorException e) {
            problems.add(file.toString(), String.valueOf(e.getMessage()));
        }
        if (problems.isEmpty()) {
            return rule;
        }
        var path = root.relativize(file).toString().replace('\\', '/');
        broken.add(
                new ParseReport.Unreadable(
                        path,
                        "nobody may read what it is about: "
                                + problems.all().getFirst().replace(file + ": ", "")));
        return AccessRule.nobody();
    }

    /// Who may go through all folders from the root down to this one.
    private Readers passable(Path folder) throws IOException {
        var known = passable.get(folder);
        if (known != null) {
            return known;
        }
        var parent = folder.getParent();
        var above = folder.equals(root) || parent == null ? Readers.everyone() : passable(parent);
        var readers =
                above.and(
                        permitted(
                                folder,
                                PosixFilePermission.OWNER_EXECUTE,
                                PosixFilePermission.GROUP_EXECUTE,
                                PosixFilePermission.OTHERS_EXECUTE));
        passable.put(folder, readers);
        return readers;
    }

    /// The owner's bit decides for the owner, the group's for its other members, the last for the rest.
    private static Readers permitted(
            Path file,
            PosixFilePermission ownerBit,
            PosixFilePermission groupBit,
            PosixFilePermission othersBit)
            throws IOException {
        PosixFileAttributes attributes;
        try {
            attributes = Files.readAttributes(file, PosixFileAttributes.class);
        } catch (UnsupportedOperationException e) {
            throw SartorException.user(
                    "--file-permissions needs a file system with owners and groups, and "
                            + file
                            + " lies on another: name an access manifest in its place.",
                    e);
        }
        var owner = List.of("user:" + attributes.owner().getName());
        var group = List.of("group:" + attributes.group().getName());
        var permissions = attributes.permissions();
        var readers = Readers.everyone();
        if (!permissions.contains(ownerBit)) {
            readers = readers.and(Readers.noneOf(owner));
        }
        if (!permissions.contains(groupBit)) {
            readers = readers.andAnyOrLacking(owner, group);
        }
        if (!permissions.contains(othersBit)) {
            readers = readers.and(Readers.anyOf(List.of(owner.getFirst(), group.getFirst())));
        }
        return readers;
    }
}
