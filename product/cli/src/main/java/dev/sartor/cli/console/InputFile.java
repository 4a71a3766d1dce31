package dev.sartor.cli.console;

import dev.sartor.core.SartorException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A file that the user names on the command line.
public final class InputFile {
    private InputFile() {}

    public static Path existing(Path file) {
        if (!Files.exists(file)) {
            throw SartorException.user(
                    "there is no file "
                            + file
                            + ": correct the path (it starts in "
                            + here()
                            + ")");
        }
        if (Files.isDirectory(file)) {
            throw SartorException.user(file + " must be a file, and is a folder: name one in it");
        }
        return file;
    }

    public static String text(Path file) {
        try {
            return Files.readString(existing(file));
        } catch (CharacterCodingException e) {
            throw SartorException.user(file + " must be UTF-8, and is not: save it as UTF-8", e);
        } catch (IOException e) {
            throw SartorException.missing("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private static Path here() {
        return Path.of("").toAbsolutePath();
    }
}
