package dev.sartor.compare.verdict;

import dev.sartor.compare.run.Run;
import dev.sartor.project.setting.Costs;

/// What a candidate costs.
///
/// @param perAnswer machine time or tokens, and people's for what is left to them
/// @param perYear set-up, re-training and hours of people, however many answers there are
public record CandidateCost(double perAnswer, double perYear) {
    static final int MONTHS = 12;

    static CandidateCost of(Run run, double secondsPerAnswer, double tokenPrice, Costs costs) {
        double second = costs.machineHour() / 3600;
        double setup = run.setup().seconds() * second;
        double retraining = run.setup().trainingSeconds() * second * costs.retrainPerYear();
        double people = costs.hoursOfPeople(run.recipe().approach()) * costs.peopleHour();
        double answer = run.remote().isPresent() ? tokenPrice : secondsPerAnswer * second;
        return new CandidateCost(answer, setup + retraining + people);
    }

    /// With what people cost who answer what is left to them.
    ///
    /// @param each of an answer, on the mean over all questions
    CandidateCost withPeople(double each) {
        return new CandidateCost(perAnswer + each, perYear);
    }

    /// The cost of 1,000 answers where so many come each month.
    public double perThousand(double answersPerMonth) {
        return 1000 * (perAnswer + perYear / (MONTHS * answersPerMonth));
    }

    /// The answers a month from which on, or up to which, the other is cheaper; not positive or not finite where one is
    /// cheaper at any volume.
    double equalAt(CandidateCost other) {
        return (other.perYear - perYear) / (perAnswer - other.perAnswer) / MONTHS;
    }
}
