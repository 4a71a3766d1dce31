package dev.sartor.core;

/// Where a row came from.
///
/// @param line the first line of the row, from 1
public record Origin(String file, int line) {
    @Override
    public String toString() {
        return file + ":" + line;
    }
}
