package dev.sartor.hub;

import dev.sartor.core.SartorException;
import dev.sartor.hub.catalogue.Licence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A model that lies in the user's own folder, or is one file of theirs; used as it is.
final class LocalModel {
    private static final int DEPTH = 2;

    private LocalModel() {}

    static ModelFolder open(String name, Path path) {
        var files = files(path);
        if (files.stream().noneMatch(LocalModel::isWeights)) {
            throw SartorException.user(
                    "the model "
                            + path
                            + " must be a safetensors or GGUF file, or a folder that holds one, and"
                            + " is not: correct the path");
        }
        var folder = Files.isDirectory(path) ? path : path.resolveSibling("");
        return new ModelFolder(folder, name, "", files, Licence.ofTheUsersFiles(), false);
    }

    private static List<Path> files(Path path) {
        try (var found = Files.walk(path, DEPTH)) {
            return found.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw SartorException.missing("cannot read " + path + ": " + e.getMessage(), e);
        }
    }

    private static boolean isWeights(Path file) {
        var name = file.toString();
        return name.endsWith(".safetensors") || name.endsWith(".gguf");
    }

    static long size(List<Path> files) {
        long sum = 0;
        for (var file : files) {
            try {
                sum += Files.size(file);
            } catch (IOException e) {
                throw SartorException.missing("cannot read " + file + ": " + e.getMessage(), e);
            }
        }
        return sum;
    }
}
