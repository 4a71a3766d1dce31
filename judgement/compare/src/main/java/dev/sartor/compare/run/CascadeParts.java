package dev.sartor.compare.run;

/// What a cascade is made of.
///
/// @param first the run's id whose candidate is asked first, and what that candidate is called
/// @param second the same of the one that is asked where the first is not sure enough
/// @param threshold the least confidence, calibrated, at which the first's answer stands; 0 to 1
public record CascadeParts(
        String first,
        String firstCandidate,
        String second,
        String secondCandidate,
        double threshold) {}
