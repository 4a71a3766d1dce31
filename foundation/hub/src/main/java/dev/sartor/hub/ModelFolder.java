package dev.sartor.hub;

import dev.sartor.core.SartorException;
import dev.sartor.core.file.Sha256;
import dev.sartor.hub.catalogue.Licence;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A model's files on this machine.
///
/// @param name as it was asked for
/// @param revision the commit on the hub, or an identity made from the files' digests; empty for the user's own files
/// @param files all of them, absolute, under the folder
/// @param frozen whether they are the cache's read-only, content-named copies, which may be mapped into memory; the
///     user's own files may change under a mapping, which kills the JVM, and must be copied
public record ModelFolder(
        Path folder,
        String name,
        String revision,
        List<Path> files,
        Licence licence,
        boolean frozen) {
    public ModelFolder {
        files = List.copyOf(files);
    }

    /// @param path relative to the folder, such as `1_Pooling/config.json`
    public Optional<Path> file(String path) {
        var wanted = folder.resolve(path);
        return files.stream().filter(wanted::equals).findFirst();
    }

    /// The files whose names end so, such as `.gguf`, in the order of their names.
    public List<Path> filesEndingWith(String ending) {
        return files.stream().filter(f -> f.toString().endsWith(ending)).sorted().toList();
    }

    /// What to open: the GGUF file, where the model is just one, whatever else lies beside it; otherwise the folder.
    public Path opened() {
        var files = filesEndingWith(".gguf");
        return files.size() == 1 && filesEndingWith(".safetensors").isEmpty()
                ? files.getFirst()
                : folder;
    }

    /// Of all files, their names and contents: another one is another model. Reads every file that is not frozen.
    public String digest() {
        try {
            var names = new StringBuilder();
            for (var file : files) {
                // The cache's copies are named by their content.
                names.append(folder.relativize(file))
                        .append(' ')
                        .append(frozen ? file.toRealPath().getFileName() : Sha256.of(file))
                        .append('\n');
            }
            return Sha256.of(names.toString());
        } catch (IOException e) {
            throw SartorException.missing(
                    "cannot read the files of " + name + ": " + e.getMessage(), e);
        }
    }
}
