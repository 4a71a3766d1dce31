package dev.sartor.worth;

import dev.sartor.project.setting.ValueSettings.Input;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What one who answers earns.
///
/// @param perAnswer what an answer brings on the mean, less what it costs
/// @param perMonth what a month costs however many answers there are
/// @param once what is paid before the first answer
record Gain(double perAnswer, double perMonth, double once) {
    static final Gain NOTHING = new Gain(0, 0, 0);

    /// right · per_right − wrong · per_wrong + left · (what a question brings that is left) − cost of an answer; a month costs a
    /// twelfth of a year's set-up, re-training and hours of people, and hours_per_month.
    static Gain of(Shares shares, Cost cost, Terms terms) {
        double left = shares.left() == 0 ? 0 : shares.left() * abstained(terms);
        return new Gain(
                terms.brings(shares.right(), shares.wrong()) + left - cost.perAnswer(),
                cost.perMonth() + terms.at(Input.HOURS_PER_MONTH) * terms.at(Input.PEOPLE_HOUR),
                terms.at(Input.PROJECT_COST));
    }

    /// Asked only where something is left, which is refused before where nothing says what it brings.
    private static double abstained(Terms terms) {
        return terms.bringsAbstained().orElse(0.0);
    }

    /// The profit of a month with so many answers.
    double month(double volume) {
        return volume * perAnswer - perMonth;
    }

    /// The profit of all months together, what is paid once included.
    double horizon(Terms terms) {
        return terms.volume() * terms.growth() * perAnswer - terms.months() * perMonth - once;
    }

    /// The profit up to the end of each month, from month 0 on: what is paid once.
    List<Double> cumulated(Terms terms) {
        var sums = new ArrayList<>(List.of(0 - once));
        double sum = 0 - once;
        double volume = terms.volume();
        for (int month = 0; month < terms.months(); month++) {
            sum += month(volume);
            sums.add(sum);
            volume *= 1 + terms.at(Input.GROWTH_PER_MONTH);
        }
        return sums;
    }

    /// The answers in the first month from which on the horizon earns more than with the other, what is paid once included; 0 where
    /// any number does, empty where none.
    Optional<Double> breakEvenVolume(Gain other, Terms terms) {
        double more = (perAnswer - other.perAnswer) * terms.growth();
        double fixed = once - other.once + terms.months() * (perMonth - other.perMonth);
        return more <= 0 ? Optional.empty() : Optional.of(Math.max(0, fixed / more));
    }

    /// The first month of the horizon that earns nothing less than nothing, from 1 on; empty where none does.
    Optional<Integer> breakEvenMonth(Terms terms) {
        double volume = terms.volume();
        for (int month = 1; month <= terms.months(); month++) {
            if (month(volume) >= 0) {
                return Optional.of(month);
            }
            volume *= 1 + terms.at(Input.GROWTH_PER_MONTH);
        }
        return Optional.empty();
    }

    /// Months until all that was paid is earned: where the cumulated profit, a straight line within a month, first reaches 0
    /// from below and has earned something; 0 where it never lies below. Empty where the horizon does not see it.
    Optional<Double> payback(Terms terms) {
        var sums = cumulated(terms);
        for (int month = 1; month < sums.size(); month++) {
            double before = sums.get(month - 1);
            double now = sums.get(month);
            if (now >= 0) {
                return Optional.of(before >= 0 ? 0.0 : month - 1 + before / (before - now));
            }
        }
        return Optional.empty();
    }
}
