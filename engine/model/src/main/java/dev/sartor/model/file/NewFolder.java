package dev.sartor.model.file;

import dev.sartor.core.file.AtomicFile;
import dev.sartor.core.file.Folders;
import dev.sartor.core.file.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/// Fills a folder aside and renames it, so that nobody sees half of one.
final class NewFolder {
    private NewFolder() {}

    /// @param fill writes into the folder that it is given
    static void write(Path folder, Consumer<Path> fill) {
        var target = folder.toAbsolutePath().normalize();
        var aside =
                target.resolveSibling(
                        "." + target.getFileName() + "." + UUID.randomUUID() + ".part");
        try {
            PrivateFiles.makeFolder(aside);
            fill.accept(aside);
            Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw AtomicFile.failure(target, e);
        } finally {
            discard(aside);
        }
    }

    private static void discard(Path aside) {
        try {
            Folders.delete(aside);
        } catch (IOException e) {
            LoggerFactory.getLogger(NewFolder.class).warn("left behind: {}", aside, e);
        }
    }
}
