package dev.sartor.weights;

import dev.sartor.core.SartorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// Python's pickles: reading one runs whatever code it holds, so none is ever read.
public final class Pickles {
    private static final List<String> ENDINGS =
            List.of(".bin", ".pt", ".pth", ".ckpt", ".pkl", ".pickle");

    private Pickles() {}

    /// Refuses a folder whose weights are only there as pickles, with the command that converts them.
    ///
    /// @param wanted the file that is missing
    public static void refuse(Path folder, String wanted) {
        var found = in(folder);
        if (found.isEmpty()) {
            return;
        }
        var pattern = found.size() == 1 ? found.getFirst() : "*" + ending(found.getFirst());
        throw SartorException.user(
                folder
                        + " must hold "
                        + wanted
                        + ", and holds "
                        + String.join(", ", found)
                        + ": a pickle runs code when it is read, so it is not. Convert it where you trust it, then try"
                        + " again: python3 -c \"import glob, torch; from safetensors.torch import save_file; w = {};"
                        + " [w.update(torch.load(f, map_location='cpu', weights_only=True)) for f in sorted(glob.glob('"
                        + folder.resolve(pattern)
                        + "'))]; save_file({k: v.clone() for k, v in w.items()}, '"
                        + folder.resolve(wanted)
                        + "', {'format': 'pt'})\"");
    }

    private static List<String> in(Path folder) {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> ENDINGS.contains(ending(name)))
                    .filter(name -> !name.startsWith("training_args"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw FileBytes.unreadable(folder, e);
        }
    }

    private static String ending(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "" : name.substring(dot).toLowerCase(Locale.ROOT);
    }
}
