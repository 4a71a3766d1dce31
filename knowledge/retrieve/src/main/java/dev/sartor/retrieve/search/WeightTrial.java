package dev.sartor.retrieve.search;

/// What a weight of words finds.
///
/// @param words the weight, 0 to 1
/// @param ndcg nDCG@10 of the documents found, the mean over the questions
public record WeightTrial(double words, double ndcg) {}
