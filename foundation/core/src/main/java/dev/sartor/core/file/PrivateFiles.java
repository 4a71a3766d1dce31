package dev.sartor.core.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import org.slf4j.LoggerFactory;

/// Files and folders that their owner alone may read, whatever the process's umask is: 0600 and 0700. What was made from
/// documents with access rules lies in such. File systems without POSIX permissions decide as they do without this.
public final class PrivateFiles {
    private static final Set<PosixFilePermission> FILE =
            PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> FOLDER =
            PosixFilePermissions.fromString("rwx------");

    private PrivateFiles() {}

    /// Opens a file, made private where it is not there, and made private where it is.
    public static FileChannel open(Path file, StandardOpenOption... options) throws IOException {
        var all = Set.<OpenOption>of(options);
        if (!isPosix(file)) {
            return FileChannel.open(file, all);
        }
        var channel = FileChannel.open(file, all, PosixFilePermissions.asFileAttribute(FILE));
        tighten(file);
        return channel;
    }

    /// Makes a folder with all above it that is missing, each private. One that is there already becomes private, and what
    /// is above it stays as it is.
    public static void makeFolder(Path folder) throws IOException {
        Files.createDirectories(folder, ofFolders(folder));
        tighten(folder);
    }

    /// Makes a folder with all above it that is missing, each private; one that is there already stays as it is.
    static void makeMissing(Path folder) throws IOException {
        Files.createDirectories(folder, ofFolders(folder));
    }

    private static FileAttribute<?>[] ofFolders(Path folder) {
        return isPosix(folder)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(FOLDER)}
                : new FileAttribute<?>[0];
    }

    /// Takes a file or a folder from the group and from others. A disk that keeps no permissions is told of in the log.
    public static void tighten(Path path) throws IOException {
        if (!isPosix(path)) {
            return;
        }
        var now = Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS);
        var wanted = EnumSet.noneOf(PosixFilePermission.class);
        wanted.addAll(Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) ? FOLDER : FILE);
        wanted.retainAll(now);
        if (wanted.equals(now) || Files.isSymbolicLink(path)) {
            return;
        }
        try {
            Files.setPosixFilePermissions(path, wanted);
        } catch (IOException e) {
            LoggerFactory.getLogger(PrivateFiles.class)
                    .warn("others may read {}, and its permissions cannot be changed", path, e);
        }
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
