package dev.sartor.model.adapter;

import dev.sartor.core.SartorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;

/// A PEFT folder as it stood at a moment: one that is written anew is another adapter.
///
/// @param weights when the file of weights was written
/// @param settings when the file of settings was written
public record AdapterVersion(Path folder, FileTime weights, FileTime settings) {
    /// The folder as it stands now.
    ///
    /// @throws SartorException a user's error where it holds no adapter
    public static AdapterVersion of(Path folder) {
        try {
            return new AdapterVersion(
                    folder.toAbsolutePath().normalize(),
                    Files.getLastModifiedTime(folder.resolve(PeftFolder.WEIGHTS)),
                    Files.getLastModifiedTime(folder.resolve(PeftConfig.NAME)));
        } catch (IOException e) {
            throw SartorException.user(
                    "no adapter can be read at "
                            + folder
                            + ": name a folder that `sartor tune` or PEFT's save_pretrained wrote",
                    e);
        }
    }

    /// Call it when the files are open: what is read from them is then this version's.
    ///
    /// @throws SartorException something is missing, where the folder was written anew in the meantime
    public void refuseIfChanged() {
        if (!of(folder).equals(this)) {
            throw SartorException.missing(
                    "the adapter "
                            + folder.getFileName()
                            + " was written anew while a request for it waited: ask again");
        }
    }
}
