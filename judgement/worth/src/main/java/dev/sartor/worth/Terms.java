package dev.sartor.worth;

import dev.sartor.core.SartorException;
import dev.sartor.project.setting.Costs;
import dev.sartor.project.setting.ValueSettings;
import dev.sartor.project.setting.ValueSettings.Input;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What one reckons with: every input, whether `value` or `costs` names it, and the horizon.
///
/// @param inputs those that are given
/// @param months of the horizon
/// @param prices of which the inputs replace what they name
/// @param ranges of the inputs that have their own, the lowest and the highest value
public record Terms(
        Map<Input, Double> inputs, int months, Costs prices, Map<Input, List<Double>> ranges) {
    public Terms {
        inputs = new EnumMap<>(inputs);
    }

    public static Terms of(ValueSettings value, Costs costs) {
        var inputs = new EnumMap<Input, Double>(Input.class);
        inputs.put(Input.PER_RIGHT, value.perRight());
        inputs.put(Input.PER_WRONG, value.perWrong());
        value.perAbstained().ifPresent(each -> inputs.put(Input.PER_ABSTAINED, each));
        value.peopleAccuracy().ifPresent(each -> inputs.put(Input.PEOPLE_ACCURACY, each));
        value.peoplePerAnswer().ifPresent(each -> inputs.put(Input.PEOPLE_PER_ANSWER, each));
        inputs.put(Input.HOURS_PER_MONTH, value.hoursPerMonth());
        inputs.put(Input.GROWTH_PER_MONTH, value.growthPerMonth());
        inputs.put(Input.PROJECT_COST, value.projectCost());
        inputs.put(Input.PERSON_PER_ANSWER, costs.personPerAnswer());
        inputs.put(Input.MACHINE_HOUR, costs.machineHour());
        inputs.put(Input.PEOPLE_HOUR, costs.peopleHour());
        inputs.put(Input.RETRAIN_PER_YEAR, costs.retrainPerYear());
        inputs.put(Input.VOLUME_PER_MONTH, costs.volumePerMonth());
        return new Terms(inputs, value.horizonMonths(), costs, value.ranges());
    }

    Terms with(Input input, double value) {
        var changed = new EnumMap<>(inputs);
        changed.put(input, value);
        return new Terms(changed, months, prices, ranges);
    }

    Optional<Double> given(Input input) {
        return Optional.ofNullable(inputs.get(input));
    }

    /// @param input one that is always given
    public double at(Input input) {
        return given(input).orElseThrow(() -> SartorException.defect("no " + input.key()));
    }

    public String currency() {
        return prices.currency();
    }

    /// The prices as `compare` reckons with them.
    Costs costs() {
        return new Costs(
                prices.currency(),
                at(Input.MACHINE_HOUR),
                at(Input.VOLUME_PER_MONTH),
                at(Input.RETRAIN_PER_YEAR),
                at(Input.PEOPLE_HOUR),
                at(Input.PERSON_PER_ANSWER),
                prices.peopleHours());
    }

    public double volume() {
        return at(Input.VOLUME_PER_MONTH);
    }

    /// How many answers the months of the horizon have for each answer of the first: the sum of (1 + growth)^t, t from 0.
    double growth() {
        return growth(at(Input.GROWTH_PER_MONTH), months);
    }

    static double growth(double perMonth, int months) {
        double sum = 0;
        double each = 1;
        for (int month = 0; month < months; month++) {
            sum += each;
            each *= 1 + perMonth;
        }
        return sum;
    }

    /// What an answer brings of which this share is right, before it costs anything.
    double brings(double right, double wrong) {
        return right * at(Input.PER_RIGHT) - wrong * at(Input.PER_WRONG);
    }

    /// What a question brings that is left to a person; empty where nothing says so.
    Optional<Double> bringsAbstained() {
        return given(Input.PER_ABSTAINED)
                .or(() -> given(Input.PEOPLE_ACCURACY).map(share -> brings(share, 1 - share)));
    }

    /// What an answer of people alone brings, less what it costs; empty where nothing says how often they are right.
    Optional<Double> people() {
        return given(Input.PEOPLE_ACCURACY)
                .map(share ->
                        brings(share, 1 - share)
                                - given(Input.PEOPLE_PER_ANSWER)
                                        .orElse(at(Input.PERSON_PER_ANSWER)));
    }
}
