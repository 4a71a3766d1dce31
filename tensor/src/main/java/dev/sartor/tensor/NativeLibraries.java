package dev.sartor.tensor;

import dev.sartor.core.SartorException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.Optional;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.global.torch;

/// Loads libtorch, which JavaCPP unpacks into the cache the first time. A start that is killed while it unpacks leaves half
/// a library behind, and loading that aborts the JVM: until one start has loaded all of it, whatever lies there is
/// unpacked anew.
final class NativeLibraries {
    private static final String FOLDER = "org.bytedeco.javacpp.cachedir";

    private NativeLibraries() {}

    static void load() {
        var folder = Optional.ofNullable(System.getProperty(FOLDER));
        if (folder.isPresent()) {
            load(Path.of(folder.get()));
        } else {
            Loader.load(torch.class);
        }
    }

    /// One process at a time unpacks; the others wait for it.
    private static void load(Path folder) {
        try {
            Files.createDirectories(folder);
            var whole = folder.resolve("whole-" + version());
            if (!Files.exists(whole)) {
                var lock = folder.resolve("unpacking.lock");
                try (var channel =
                                FileChannel.open(
                                        lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                        var held = channel.lock()) {
                    if (held.isValid() && !Files.exists(whole)) {
                        empty(folder, lock);
                        Loader.load(torch.class);
                        Files.createFile(whole);
                    }
                }
            }
            Loader.load(torch.class);
        } catch (IOException e) {
            throw SartorException.missing(
                    "cannot unpack libtorch into "
                            + folder
                            + ": "
                            + e.getMessage()
                            + ". Free some space, or set SARTOR_CACHE to another folder.",
                    e);
        }
    }

    /// The name of libtorch's jar: another version is unpacked anew.
    private static String version() {
        var source = torch.class.getProtectionDomain().getCodeSource();
        return source == null
                ? "unknown"
                : String.valueOf(Path.of(source.getLocation().getPath()).getFileName());
    }

    private static void empty(Path folder, Path kept) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                if (!file.equals(folder) && !file.equals(kept)) {
                    Files.delete(file);
                }
            }
        }
    }
}
