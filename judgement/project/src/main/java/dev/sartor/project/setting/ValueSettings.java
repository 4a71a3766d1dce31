package dev.sartor.project.setting;

import dev.sartor.core.Problems;
import dev.sartor.project.yaml.Setting;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What answers are worth, in the currency of `costs`. What they cost, and how many are asked for, stands there.
public record ValueSettings(
        @Setting(
                        means =
                                "What a right answer brings, before what it costs: a person's time that it saves, a sale.",
                        example = "0.40",
                        least = 0,
                        advice = "0.40 means 40 cents where the currency is EUR.")
                double perRight,
        @Setting(
                        means =
                                "What a wrong answer costs beside what every answer costs: the work of putting it right, a"
                                        + " customer lost. A cost, so it is not negative.",
                        fallback = "0",
                        example = "1.50",
                        least = 0,
                        advice = "Write a cost without a sign.")
                double perWrong,
        @Setting(
                        means =
                                "What a question brings that a candidate leaves to a person, beside costs.person_per_answer, which is"
                                        + " paid for it anyway. Without it what a person's answer brings, by people_accuracy.",
                        example = "0.30")
                Optional<Double> perAbstained,
        @Setting(
                        means =
                                "The share of people's answers that is right, 0 to 1. With it candidates are held against people alone.",
                        example = "0.95",
                        least = 0,
                        most = 1,
                        advice = "0.95 means 95 %.")
                Optional<Double> peopleAccuracy,
        @Setting(
                        means =
                                "What it costs when people answer every question; without it costs.person_per_answer.",
                        example = "0.80",
                        least = 0)
                Optional<Double> peoplePerAnswer,
        @Setting(
                        means =
                                "Hours a month that people look after whatever is shipped, at costs.people_hour; beside"
                                        + " costs.people_hours, which an approach takes by itself.",
                        fallback = "0",
                        example = "6",
                        least = 0)
                double hoursPerMonth,
        @Setting(
                        means =
                                "How the volume grows from one month to the next, as a share: 0.02 is 2 % more, -0.02 is 2 % less.",
                        fallback = "0",
                        example = "0.02",
                        least = -1,
                        most = 10,
                        advice = "0.02 means 2 % a month; -1 means that nothing is asked any more.")
                double growthPerMonth,
        @Setting(
                        means =
                                "Over how many months profit is summed up. Each figure of the horizon is from its first month on.",
                        fallback = "12",
                        example = "24",
                        least = 1,
                        most = 600)
                int horizonMonths,
        @Setting(
                        means =
                                "What is paid once before the first answer, whichever candidate is shipped: building it in, training"
                                        + " people, a contract.",
                        fallback = "0",
                        example = "8000",
                        least = 0)
                double projectCost,
        @Setting(
                        means =
                                "From which score on an answer counts as right, for free text: its metrics know more and less, not"
                                        + " right and wrong.",
                        example = "0.5",
                        least = 0,
                        above = true,
                        most = 1,
                        advice = "0.5 is a common choice for token_f1.")
                Optional<Double> rightFrom,
        @Setting(
                        means =
                                "How far an input may lie from what stands here, as its lowest and highest value. The others are"
                                        + " varied by 25 %.",
                        fallback = "{}",
                        example = "{per_wrong: [0.5, 4], volume_per_month: [5000, 30000]}")
                Map<Input, List<Double>> ranges) {
    public ValueSettings {
        ranges = Map.copyOf(ranges);
        ranges.forEach((input, range) -> {
            boolean isRange =
                    range.size() == 2
                            && range.get(0) <= range.get(1)
                            && range.get(0) >= input.least()
                            && range.get(1) <= input.most();
            Problems.refuseUnless(
                    isRange,
                    "ranges." + input.key(),
                    "a lowest and a highest value" + input.within(),
                    range,
                    "such as " + input.key() + ": [" + input.example() + "]");
        });
        refuseRangeOfNothing(ranges, Input.PER_ABSTAINED, perAbstained);
        refuseRangeOfNothing(ranges, Input.PEOPLE_ACCURACY, peopleAccuracy);
        refuseRangeOfNothing(ranges, Input.PEOPLE_PER_ANSWER, peoplePerAnswer);
    }

    private static void refuseRangeOfNothing(
            Map<Input, List<Double>> ranges, Input input, Optional<Double> value) {
        Problems.refuseUnless(
                value.isPresent() || !ranges.containsKey(input),
                "ranges." + input.key(),
                "of an input that has a value",
                ranges.getOrDefault(input, List.of()),
                "add '" + input.key() + "' beside ranges");
    }

    /// A figure that the worth hangs on and that may be varied, with the least and the most that it can be.
    public enum Input implements Wire.Spelt {
        PER_RIGHT(0, Double.POSITIVE_INFINITY),
        PER_WRONG(0, Double.POSITIVE_INFINITY),
        PER_ABSTAINED(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY),
        PEOPLE_ACCURACY(0, 1),
        PEOPLE_PER_ANSWER(0, Double.POSITIVE_INFINITY),
        HOURS_PER_MONTH(0, Double.POSITIVE_INFINITY),
        GROWTH_PER_MONTH(-1, 10),
        PROJECT_COST(0, Double.POSITIVE_INFINITY),
        PERSON_PER_ANSWER(0, Double.POSITIVE_INFINITY),
        MACHINE_HOUR(0, Double.POSITIVE_INFINITY),
        PEOPLE_HOUR(0, Double.POSITIVE_INFINITY),
        RETRAIN_PER_YEAR(0, 366),
        VOLUME_PER_MONTH(1, Double.POSITIVE_INFINITY);

        private final double least;
        private final double most;

        Input(double least, double most) {
            this.least = least;
            this.most = most;
        }

        public double least() {
            return least;
        }

        public double most() {
            return most;
        }

        /// As the file names it, such as `per_wrong`.
        public String key() {
            return Wire.value(this);
        }

        private String within() {
            if (least == Double.NEGATIVE_INFINITY) {
                return "";
            }
            return most == Double.POSITIVE_INFINITY
                    ? ", at least " + plain(least)
                    : ", from " + plain(least) + " to " + plain(most);
        }

        private String example() {
            return switch (this) {
                case PEOPLE_ACCURACY -> "0.9, 0.99";
                case GROWTH_PER_MONTH -> "-0.01, 0.05";
                case VOLUME_PER_MONTH -> "5000, 30000";
                default -> "0.5, 4";
            };
        }

        private static String plain(double bound) {
            return String.format(Locale.ROOT, "%.0f", bound);
        }
    }
}
