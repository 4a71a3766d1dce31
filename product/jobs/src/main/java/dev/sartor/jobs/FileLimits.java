package dev.sartor.jobs;

import dev.sartor.core.Problems;

/// How much is kept.
///
/// @param fileBytes of one file
/// @param ownerBytes of all files of one owner
/// @param ownerFiles how many files one owner has
public record FileLimits(long fileBytes, long ownerBytes, long ownerFiles) {
    public FileLimits {
        Problems.refuseUnless(
                fileBytes >= 1 && fileBytes <= ownerBytes,
                "the bytes of a file",
                "at least 1, and at most those of an owner",
                fileBytes,
                "104857600 is usual");
        Problems.refuseUnless(
                ownerFiles >= 1,
                "the files of an owner",
                "at least 1",
                ownerFiles,
                "1000 is usual");
    }

    /// 100 MiB a file, 1 GiB and 1,000 files an owner.
    public static FileLimits usual() {
        return new FileLimits(100L << 20, 1L << 30, 1000);
    }
}
