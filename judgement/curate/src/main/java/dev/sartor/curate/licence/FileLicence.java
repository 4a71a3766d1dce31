package dev.sartor.curate.licence;

/// The licence of a file, and how it is known.
///
/// @param where the path of the file that says it
public record FileLicence(LicenceExpression expression, Source source, String where) {
    /// From the surest to the least sure.
    public enum Source {
        /// An `SPDX-License-Identifier:` in the file.
        SPDX_HEADER,
        /// The notice at the beginning of the file.
        HEADER_TEXT,
        /// The nearest licence file up the folders.
        LICENCE_FILE
    }

    public LicenceKind kind() {
        return expression.kind();
    }
}
