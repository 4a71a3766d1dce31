package dev.sartor.spark;

import java.io.Serializable;

/// In which columns of a table its documents stand. Other columns of short texts, whole numbers and truth values are metadata,
/// as they are of a file's rows.
///
/// @param id names a document; of any type that can be written as text, each value once
/// @param title empty where there is none
/// @param text what is searched
/// @param readers lists who may read a document, such as `group:sales`; empty where {@code isPublic} says it for all
/// @param isPublic whether everyone may read all; otherwise nobody may read a document whose readers are not listed
public record IndexColumns(String id, String title, String text, String readers, boolean isPublic)
        implements Serializable {
    /// `id`, `title` where the table has it, and `text`, for everyone.
    public static IndexColumns everyone() {
        return new IndexColumns("id", "", "text", "", true);
    }

    /// The same for those whom a column lists.
    public static IndexColumns readBy(String column) {
        return new IndexColumns("id", "", "text", column, false);
    }
}
