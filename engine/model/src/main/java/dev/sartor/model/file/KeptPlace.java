package dev.sartor.model.file;

import java.nio.file.Path;

/// Where weights of one model in one precision are kept.
///
/// @param name of the file in the folder
/// @param model the model's own file or folder, by its real path
/// @param made how they were made, and from which files; what was made otherwise is not used
record KeptPlace(Path folder, String name, Path model, String made) {
    Path file() {
        return folder.resolve(name);
    }
}
