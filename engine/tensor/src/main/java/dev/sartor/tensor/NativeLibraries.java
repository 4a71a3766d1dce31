package dev.sartor.tensor;

import dev.sartor.core.SartorException;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.core.file.WriteRefusal;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.global.torch;

/// Loads libtorch, which JavaCPP unpacks into the cache the first time. A start that is killed while it unpacks leaves half
/// a library behind, and loading that aborts the JVM: until one start has loaded all of it, whatever lies there is
/// unpacked anew.
final class NativeLibraries {
    private static final String FOLDER = "org.bytedeco.javacpp.cachedir";

    /// Whether JavaCPP's classes load their libraries themselves.
    private static final String LOADS = "org.bytedeco.javacpp.loadlibraries";

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
            if (Files.exists(whole) && loadAsBefore(Files.readAllLines(whole))) {
                return;
            }
            var lock = folder.resolve("unpacking.lock");
            try (var channel =
                            FileChannel.open(
                                    lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    var held = channel.lock()) {
                if (held.isValid() && !Files.exists(whole)) {
                    empty(folder, lock);
                }
                var last = Loader.load(torch.class);
                var found = Loader.load(Pointer.class) + "\n" + last + "\n";
                if (!Files.exists(whole) || !Files.readString(whole).equals(found)) {
                    AtomicFile.publish(whole, found);
                }
            }
        } catch (IOException e) {
            var refusal = WriteRefusal.of(e);
            throw SartorException.missing(
                    "cannot unpack libtorch into "
                            + folder
                            + ": "
                            + refusal.reason(e)
                            + ". "
                            + refusal.remedy()
                            + ", or set SARTOR_CACHE to another folder.",
                    e);
        }
    }

    /// Loads the files that an earlier start found. JavaCPP would look for each library, those of CUDA among them, under many
    /// names in every jar, which takes longer than loading them. The system's loader finds what they need beside them.
    ///
    /// @return whether all of them were there
    @SuppressWarnings("restricted") // libtorch's own files
    private static boolean loadAsBefore(List<String> files) {
        if (files.isEmpty() || !files.stream().allMatch(file -> Files.exists(Path.of(file)))) {
            return false;
        }
        try {
            for (var file : files) {
                System.load(file);
            }
            System.setProperty(LOADS, "false");
            return true;
        } catch (UnsatisfiedLinkError e) {
            return false;
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
