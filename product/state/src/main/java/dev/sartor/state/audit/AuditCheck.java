package dev.sartor.state.audit;

import dev.sartor.core.SartorException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Whether a log is as it was written. Numbers go up by one from 1, each line has the digest of the one before, and the heads
/// that were told elsewhere stand in it: so what was edited, taken out, put in, moved or cut off is found, but for what came
/// after the last head: of that a cut, and an edit of the last line, leave no trace in the log itself.
public final class AuditCheck {
    private static final int MOST_FINDINGS = 20;

    private final List<String> findings = new ArrayList<>();
    private final Map<Long, String> wanted = new HashMap<>();
    private long expected = 1;
    private String before = AuditLine.NOTHING_BEFORE;
    private long anchored;

    private AuditCheck() {}

    /// What was found.
    ///
    /// @param entries that stand in the log
    /// @param anchored the highest number that a head elsewhere names; 0 where there is none
    /// @param findings what is not as it was written, the first 20; empty where all is
    public record Report(long entries, long anchored, List<String> findings) {
        public Report {
            findings = List.copyOf(findings);
        }

        public boolean isWhole() {
            return findings.isEmpty();
        }
    }

    /// @param anchors a file of heads, as {@link Anchor} wrote it or a webhook kept it
    /// @param key the public key that must have signed them, as `signing.pub` has it; the log's own where it is not given
    public static Report of(Path folder, Optional<Path> anchors, Optional<String> key) {
        var check = new AuditCheck();
        anchors.ifPresent(file -> check.heads(folder, file, key));
        AuditFiles.lines(folder, check::line);
        check.end();
        return new Report(check.expected - 1, check.anchored, check.findings);
    }

    private void heads(Path folder, Path file, Optional<String> key) {
        try {
            var signer =
                    key.isPresent()
                            ? key.get().strip()
                            : Files.readString(SigningKey.publicKey(folder)).strip();
            int number = 0;
            for (var line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
                number++;
                head(Head.parsed(line), signer, file + ":" + number);
            }
            if (number == 0) {
                findings.add(file + " holds no head");
            }
        } catch (IOException e) {
            throw SartorException.user(
                    e.getMessage() + " cannot be read: --anchor names the file of heads.", e);
        }
    }

    private void head(Head head, String signer, String where) {
        if (!head.key().equals(signer) || !head.isSigned()) {
            find(where + " is not signed by the log's key " + SigningKey.fingerprint(signer));
            return;
        }
        var other = wanted.put(head.sequence(), head.digest());
        if (other != null && !other.equals(head.digest())) {
            find(where + " names another digest of entry " + head.sequence() + " than before");
        }
        anchored = Math.max(anchored, head.sequence());
    }

    private void line(Path file, String line) {
        var place = AuditLine.place(line);
        var where = file.getFileName() + ": entry " + expected;
        if (place.sequence() != expected) {
            find(
                    where
                            + (place.sequence() < 0
                                    ? " is no entry"
                                    : " says that it is " + place.sequence()));
        } else if (!place.previous().equals(before)) {
            find(where + " does not follow the one before it: that one was changed, or this one");
        }
        before = AuditLine.digest(line);
        var head = wanted.remove(expected);
        if (head != null && !head.equals(before)) {
            find(where + " is not the one whose digest was told elsewhere");
        }
        expected++;
    }

    private void end() {
        if (anchored >= expected) {
            find("the log ends at " + (expected - 1) + " and had " + anchored + " entries");
        }
    }

    private void find(String what) {
        if (findings.size() < MOST_FINDINGS) {
            findings.add(what);
        }
    }
}
