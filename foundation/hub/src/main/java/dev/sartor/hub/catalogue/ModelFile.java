package dev.sartor.hub.catalogue;

import dev.sartor.core.Problems;
import java.util.Arrays;
import java.util.List;

/// One file of a model, known by its content.
///
/// @param path under the model's folder, with `/`
/// @param size in bytes
/// @param parts the packages that hold it, joined in this order; empty where none does
public record ModelFile(String path, long size, Checksum checksum, List<PackagePart> parts) {
    public ModelFile {
        parts = List.copyOf(parts);
        Problems.refuseUnless(
                isSafe(path),
                "a model file's path",
                "relative, with no '..' and no backslash",
                path,
                "it would be written outside the cache");
        Problems.refuseUnless(size >= 0, "the size of " + path, "0 or more", size, "in bytes");
    }

    /// Whether a path that a server or a file names stays under the folder that it is resolved against.
    public static boolean isSafe(String path) {
        return !path.isBlank()
                && path.chars().noneMatch(c -> c == '\\' || c == ':' || c < ' ')
                && Arrays.stream(path.split("/", -1))
                        .noneMatch(s -> s.isEmpty() || s.equals(".") || s.equals(".."));
    }
}
