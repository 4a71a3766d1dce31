package dev.sartor.synthesis;

import java.util.List;
import java.util.Map;

/// What was made, and what was not kept. It stands in `made.json`.
///
/// @param model that made them
/// @param reader empty where none was asked
/// @param passages of the documents
/// @param tries how often a passage was asked about
/// @param rejected how many pairs have which fault
/// @param documents how many documents the kept pairs are about
/// @param kinds how many kept questions ask for what
/// @param difficulty of the kept questions: the share whose words stand in the answering sentence for three quarters and more of their
///     weight, for a half, for less
/// @param tokens that the model read and wrote
/// @param price of those tokens, by the remote's prices
/// @param files with their SHA-256
/// @param withheld passages that were not sent, as not everyone may read them
public record MakingReport(
        String model,
        String reader,
        long seed,
        double least,
        int passages,
        int tries,
        int kept,
        int paraphrases,
        Map<String, Integer> rejected,
        int documents,
        Map<String, Integer> kinds,
        Map<String, Double> difficulty,
        long tokens,
        double price,
        Map<String, String> files,
        int withheld,
        List<String> notes) {
    /// The file that says what was made; written last.
    public static final String RECORD = "made.json";
}
