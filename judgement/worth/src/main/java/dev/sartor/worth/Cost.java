package dev.sartor.worth;

/// What somebody who answers costs.
///
/// @param perAnswer on the mean over all questions, people's answers to those that are left to them included
/// @param perYear however many answers there are
public record Cost(double perAnswer, double perYear) {
    double perMonth() {
        return perYear / 12;
    }
}
