package dev.sartor.studio.read;

import java.nio.file.Path;

/// A project that the studio shows.
///
/// @param id its folder's path below the studio's folder, with slashes; `.` for that folder itself
public record ProjectPlace(String id, Path folder) {
    public String name() {
        return id.equals(".") ? String.valueOf(folder.getFileName()) : id;
    }
}
