package dev.sartor.retrieve;

import dev.sartor.core.Problems;
import dev.sartor.core.Readers;
import dev.sartor.core.SartorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What sidecar files and the file system say of who may read the documents of a folder, inherited from the folders above
/// up to the root. `report.pdf.access.yaml` is about report.pdf, `.access.yaml` about its folder. A sidecar that cannot be
/// understood lets nobody read. For one listing; not thread-safe.
final class FolderAccess {
    static final String SIDECAR = ".access.yaml";

    private final Path root;
    private final boolean fileSystem;
    private final Map<Path, AccessRule> sidecars = new HashMap<>();
    private final Map<Path, Readers> passable = new HashMap<>();
    private final List<ParseReport.Unreadable> broken = new ArrayList<>();

    FolderAccess(Path root, boolean fileSystem) {
        this.root = root;
        this.fileSystem = fileSystem;
    }

    List<AccessRule> of(Path file) throws IOException {
        var rules = new ArrayList<AccessRule>();
        var own = sidecar(file.resolveSibling(file.getFileName() + SIDECAR));
        rules.add(ofFolder(file.resolveSibling(".").normalize()).then(own));
        if (fileSystem) {
            var readers =
                    passable(file.resolveSibling(".").normalize())
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
    List<ParseReport.Unreadable> broken() {
        return broken;
    }

    private AccessRule ofFolder(Path folder) {
        var known = sidecars.get(folder);
        if (known != null) {
            return known;
        }
        var parent = folder.getParent();
        var above = folder.equals(root) || parent == null ? AccessRule.silent() : ofFolder(parent);
        var rule = above.then(sidecar(folder.resolve(SIDECAR)));
        sidecars.put(folder, rule);
        return rule;
    }

    private AccessRule sidecar(Path file) {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return AccessRule.silent();
        }
        var problems = new Problems();
        var rule = AccessRule.nobody();
        try {
            var keys = AccessYaml.keys(file, Set.of("readers", "deny"), problems);
            rule = AccessRule.of(keys, file.toString(), problems);
        } catch (SartorException e) {
            problems.add(file.toString(), e.getMessage());
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
        var above =
                folder.equals(root) || parent == null ? Readers.everyone() : passable(parent);
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
