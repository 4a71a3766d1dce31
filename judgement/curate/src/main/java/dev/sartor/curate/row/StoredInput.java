package dev.sartor.curate.row;

/// A file whose rows are stored.
///
/// @param file as the command named it
/// @param name unique among the inputs; what the result's file is called after
/// @param isReference whether its rows are there to be compared with alone
/// @param rows how many were read
/// @param unreadable how many were not
public record StoredInput(
        String file, String name, boolean isReference, String sha256, int rows, int unreadable) {}
