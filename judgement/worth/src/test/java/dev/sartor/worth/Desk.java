package dev.sartor.worth;

import dev.sartor.project.setting.Costs;
import dev.sartor.project.setting.ValueSettings;
import dev.sartor.project.setting.ValueSettings.Input;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Made-up candidates whose figures can be reckoned by hand.
///
/// | | right | wrong | left | an answer costs | a month costs |
/// |---|---|---|---|---|---|
/// | sure | 8 of 10 | 2 | | 0.01 | 10 |
/// | cheap | 6 of 10 | 4 | | 0.00 | 0 |
/// | careful | 6 of 10 | 1 | 3 | 0.01 + 0.3 · person_per_answer | 10 |
///
/// A right answer brings 1, a wrong one costs 2; 1,000 answers a month over 12 months.
final class Desk {
    private Desk() {}

    static final ValueSettings VALUE = value(0, 12, 0, Map.of());

    static final Costs COSTS = new Costs("EUR", 0, 1000, 0, 0, 0.5, Map.of());

    static ValueSettings value(
            double growth, int months, double once, Map<Input, List<Double>> ranges) {
        return new ValueSettings(
                1,
                2,
                Optional.empty(),
                Optional.of(0.9),
                Optional.empty(),
                0,
                growth,
                months,
                once,
                Optional.empty(),
                ranges);
    }

    static Contender sure() {
        return contender("sure", 8, 2, 0, 0.01, 120);
    }

    static Contender cheap() {
        return contender("cheap", 6, 4, 0, 0, 0);
    }

    static Contender careful() {
        return contender("careful", 6, 1, 3, 0.01, 120);
    }

    static Contender contender(
            String name, int right, int wrong, int left, double perAnswer, double perYear) {
        var outcomes = new ArrayList<Outcome>();
        for (int i = 0; i < right; i++) {
            outcomes.add(Outcome.RIGHT);
        }
        for (int i = 0; i < wrong; i++) {
            outcomes.add(Outcome.WRONG);
        }
        for (int i = 0; i < left; i++) {
            outcomes.add(Outcome.LEFT);
        }
        double share = left / 10.0;
        return new Contender(
                name,
                outcomes,
                prices -> new Cost(perAnswer + share * prices.personPerAnswer(), perYear));
    }
}
