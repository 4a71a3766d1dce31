package dev.sartor.project.setting;

import dev.sartor.project.yaml.Setting;
import java.util.Map;

/// What an hour costs and how much is asked.
public record Costs(
        @Setting(means = "The currency's name, for the report.", fallback = "EUR", example = "EUR")
                String currency,
        @Setting(
                        means =
                                "What an hour of the machine that answers costs: its rent, or price and power over its"
                                        + " life.",
                        fallback = "0.10",
                        example = "0.10",
                        least = 0)
                double machineHour,
        @Setting(
                        means =
                                "How many answers a month are expected. Set-up and people's hours are spread over them,"
                                        + " so a small volume favours what needs no set-up.",
                        fallback = "10000",
                        example = "10000",
                        least = 1)
                double volumePerMonth,
        @Setting(
                        means =
                                "How often a year tuned candidates are trained anew, because the task or the data"
                                        + " moved.",
                        fallback = "4",
                        example = "4",
                        least = 0,
                        most = 366)
                double retrainPerYear,
        @Setting(
                        means =
                                "What an hour of a person's work costs. 0 leaves people out of the sum.",
                        fallback = "0",
                        example = "60",
                        least = 0)
                double peopleHour,
        @Setting(
                        means =
                                "What it costs when a person answers a question that a candidate leaves to one, where a task asks"
                                        + " for a precision. 0 leaves it out.",
                        fallback = "0",
                        example = "0.80",
                        least = 0)
                double personPerAnswer,
        @Setting(
                        means =
                                "Hours a year that each approach takes of people: writing prompts, labelling examples,"
                                        + " keeping documents in order.",
                        fallback = "{}",
                        example = "{few-shot: 4, retrieval: 16, tune: 24}",
                        least = 0)
                Map<ApproachName, Double> peopleHours) {
    public Costs {
        peopleHours = Map.copyOf(peopleHours);
    }

    /// Where nobody asks what it costs.
    public static Costs none() {
        return new Costs("EUR", 0, 1, 0, 0, 0, Map.of());
    }

    public double hoursOfPeople(ApproachName approach) {
        return peopleHours.getOrDefault(approach, 0.0);
    }
}
