package dev.sartor.compare.run;

/// Below which confidence a candidate leaves a question to a person, so that of the answers that it gives as large a share is right as
/// the task asks for.
///
/// @param precision the share that the task asks for, 0 to 1
/// @param threshold the least confidence, calibrated, at which it answers; 0 for one that has no confidence and answers everything,
///     over 1 for one that answers nothing
/// @param validationPrecision the share of its answers to the validation examples that is right; 0 where it gives none
/// @param validationCoverage the share of the validation examples that it answers
public record Abstention(
        double precision,
        double threshold,
        double validationPrecision,
        double validationCoverage) {}
