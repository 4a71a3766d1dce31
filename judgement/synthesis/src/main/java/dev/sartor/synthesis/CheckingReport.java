package dev.sartor.synthesis;

import java.util.Map;

/// What became of pairs that were made elsewhere.
///
/// @param rejected how many pairs have which fault
/// @param files with their SHA-256
public record CheckingReport(
        int pairs, int kept, Map<String, Integer> rejected, Map<String, String> files) {}
