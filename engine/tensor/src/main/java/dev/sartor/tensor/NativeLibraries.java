package dev.sartor.tensor;

import dev.sartor.core.SartorException;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.core.file.WriteRefusal;
import dev.sartor.tensor.machine.InstructionSet;
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
public final class NativeLibraries {
    private static final String FOLDER = "org.bytedeco.javacpp.cachedir";

    /// Whether JavaCPP's classes load their libraries themselves.
    private static final String LOADS = "org.bytedeco.javacpp.loadlibraries";

    /// Where libtorch's library for Java lies.
    private static volatile Path loaded = Path.of("");

    private NativeLibraries() {}

    static void load() {
        InstructionSet.refuseWithoutAvx2();
        var folder = Optional.ofNullable(System.getProperty(FOLDER));
        if (folder.isPresent()) {
            load(Path.of(folder.get()));
        } else {
            loaded = Path.of(Loader.load(torch.class));
        }
    }

    /// Loads a further library of libtorch's jar, which JavaCPP does not load by itself where {@link #loadAsBefore} did. For the
    /// engine's thread.
    ///
    /// @param name such as `jnitorch_gloo`
    /// @throws SartorException resources are missing where libtorch has none for this platform
    @SuppressWarnings("restricted") // libtorch's own file
    public static void loadAlso(String name) {
        Engine.check();
        var file = loaded.resolveSibling(System.mapLibraryName(name));
        try (var packed =
                torch.class.getResourceAsStream(
                        "/org/bytedeco/pytorch/"
                                + Loader.getPlatform()
                                + "/"
                                + System.mapLibraryName(name))) {
            if (!Files.exists(file) && packed == null) {
                throw SartorException.missing(
                        "libtorch has no "
                                + name
                                + " for this platform: several ranks run on Linux and macOS alone.");
            }
            if (!Files.exists(file)) {
                AtomicFile.publish(file, packed::transferTo);
            }
            System.load(file.toString());
        } catch (IOException e) {
            throw refused(file, e);
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
                loaded = Path.of(last);
                var found = Loader.load(Pointer.class) + "\n" + last + "\n";
                if (!Files.exists(whole) || !Files.readString(whole).equals(found)) {
                    AtomicFile.publish(whole, found);
                }
            }
        } catch (IOException e) {
            throw refused(folder, e);
        }
    }

    private static SartorException refused(Path folder, IOException cause) {
        var refusal = WriteRefusal.of(cause);
        return SartorException.missing(
                "cannot unpack libtorch into "
                        + folder
                        + ": "
                        + refusal.reason(cause)
                        + ". "
                        + refusal.remedy()
                        + ", or set SARTOR_CACHE to another folder.",
                cause);
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
            loaded = Path.of(files.getLast());
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
