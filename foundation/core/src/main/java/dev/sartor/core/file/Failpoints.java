package dev.sartor.core.file;

import dev.sartor.core.Problems;
import dev.sartor.core.SartorException;
import java.io.IOException;

/// Named places at which a test has the process die or the disk be full, to show that nothing is lost by it. Off unless
/// the system property `sartor.failpoint` names a place: `PLACE:COUNT` ends the process, as `kill -9` does, when the place
/// is reached for the COUNT-th time; `PLACE:COUNT:full` fails there as on a full disk. The count in the property falls
/// with each reach, and the property is gone once it has struck. Thread-safe.
public final class Failpoints {
    public static final String PROPERTY = "sartor.failpoint";

    /// As the system reports a killed process.
    private static final int KILLED = 137;

    private Failpoints() {}

    /// A place at which something is written.
    ///
    /// @throws IOException as a full disk does, where the property asks for it
    public static void reach(String place) throws IOException {
        if (System.getProperty(PROPERTY) != null && strikes(place)) {
            throw new IOException("No space left on device");
        }
    }

    /// A place between two writes, where a disk cannot be full.
    public static void pass(String place) {
        if (System.getProperty(PROPERTY) != null && strikes(place)) {
            throw SartorException.user(
                    PROPERTY
                            + " must ask for a full disk where something is written, got "
                            + place
                            + ": nothing is written there; leave out `:full` to end the process");
        }
    }

    /// Ends the process, or says whether the disk is full now.
    private static synchronized boolean strikes(String place) {
        var asked = System.getProperty(PROPERTY, "");
        var parts = asked.split(":", -1);
        boolean full = parts.length == 3 && parts[2].equals("full");
        Problems.refuseUnless(
                (parts.length == 2 || full) && parts[1].matches("[1-9]\\d{0,8}"),
                PROPERTY,
                "PLACE:COUNT or PLACE:COUNT:full",
                asked,
                "file.renamed:3 ends the process after the third file has got its name");
        if (!parts[0].equals(place)) {
            return false;
        }
        int left = Integer.parseInt(parts[1]) - 1;
        if (left > 0) {
            System.setProperty(PROPERTY, place + ":" + left + (full ? ":full" : ""));
            return false;
        }
        if (!full) {
            Runtime.getRuntime().halt(KILLED);
        }
        System.clearProperty(PROPERTY);
        return true;
    }
}
