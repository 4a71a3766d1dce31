package dev.sartor.core.file;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.util.Locale;
import java.util.stream.Stream;

/// Why the system did not let a file be written, as far as its error tells.
public enum WriteRefusal {
    FULL("the disk is full", "Free some space"),
    DENIED("you may not write there", "Change the permissions"),
    READ_ONLY("the file system is read-only", "Mount it for writing"),
    OTHER("", "See that the folder is there and its disk in order");

    private final String reason;
    private final String remedy;

    WriteRefusal(String reason, String remedy) {
        this.reason = reason;
        this.remedy = remedy;
    }

    public static WriteRefusal of(IOException failure) {
        var said = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        if (failure instanceof AccessDeniedException
                || tells(
                        said, "permission denied", "operation not permitted", "access is denied")) {
            return DENIED;
        }
        if (tells(said, "read-only file system", "write-protected", "write protected")) {
            return READ_ONLY;
        }
        return tells(said, "no space left", "disk space", "quota exceeded", "not enough space")
                ? FULL
                : OTHER;
    }

    private static boolean tells(String said, String... words) {
        return Stream.of(words).anyMatch(said::contains);
    }

    /// The system's own words, or ours where it only repeats the file's name.
    public String reason(IOException failure) {
        var message = failure.getMessage();
        return switch (this) {
            case DENIED, READ_ONLY -> reason;
            case FULL, OTHER ->
                    failure.getClass().getSimpleName()
                            + (message == null ? "" : " (" + message + ")");
        };
    }

    /// What to do about it, such as `Free some space`.
    public String remedy() {
        return remedy;
    }
}
