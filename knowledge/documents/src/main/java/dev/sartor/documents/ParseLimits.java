package dev.sartor.documents;

import dev.sartor.core.Problems;
import java.time.Duration;

/// What one hostile or damaged file may cost before it is given up.
///
/// @param heapMib of each worker JVM, in MiB
/// @param time for one file
/// @param filesPerWorker after so many files a worker is replaced by a fresh one
public record ParseLimits(int heapMib, Duration time, int filesPerWorker) {
    public ParseLimits {
        Problems.refuseUnless(
                heapMib >= 64 && heapMib <= 65536,
                "a parser's heap",
                "64 to 65536 MiB",
                heapMib,
                "512 reads most office files");
        Problems.refuseUnless(
                time.isPositive(),
                "a parser's time for a file",
                "more than 0",
                time,
                "60 s is enough for most files");
        Problems.refuseUnless(
                filesPerWorker >= 1,
                "the files that a parser reads",
                "at least 1",
                filesPerWorker,
                "1000 is usual");
    }

    /// Recognising the text of a page takes seconds.
    private static final int SCANS_TAKE_LONGER = 10;

    /// @param scans whether text is recognised in pictures
    public Duration time(boolean scans) {
        return scans ? time.multipliedBy(SCANS_TAKE_LONGER) : time;
    }

    /// Why a file was given up that takes longer.
    public static String tooSlow(Duration time) {
        return "not read within " + time.toMillis() / 1000.0 + " s; split the file";
    }

    /// 512 MiB, 60 s, 1000 files.
    public static ParseLimits usual() {
        return new ParseLimits(512, Duration.ofSeconds(60), 1000);
    }
}
