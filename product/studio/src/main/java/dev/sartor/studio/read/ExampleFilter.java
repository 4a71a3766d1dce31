package dev.sartor.studio.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Which examples a table shows, and in which order; all of it stands in the page's address.
///
/// @param label the right answer
/// @param cell what a candidate must have said
/// @param pair two candidates that must have answered differently
/// @param text that the question, a right answer or a candidate's answer must hold, in any case
public record ExampleFilter(
        Optional<String> label,
        Optional<Cell> cell,
        Optional<Pair> pair,
        Optional<String> text,
        Order order) {
    /// Characters of a text that is looked for.
    public static final int LONGEST_TEXT = 200;

    /// @param said the beginning of its answer, as a table shows it
    public record Cell(String candidate, String said) {}

    public record Pair(String first, String second, Outcome outcome) {}

    /// How two answers must differ.
    public enum Outcome {
        /// The texts are not the same.
        DIFFER("differ"),
        /// The first scores more.
        FIRST("first"),
        /// The second scores more.
        SECOND("second");

        private final String word;

        Outcome(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }

        public static Optional<Outcome> of(String word) {
            return Stream.of(values()).filter(each -> each.word.equals(word)).findFirst();
        }
    }

    public enum Order {
        /// The examples first on which candidates' scores lie furthest apart.
        DISAGREEMENT("disagreement"),
        /// Those first that fewest answer.
        HARDEST("hardest"),
        /// As in the file.
        FILE("file");

        private final String word;

        Order(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }

        public static Optional<Order> of(String word) {
            return Stream.of(values()).filter(each -> each.word.equals(word)).findFirst();
        }
    }

    /// All of them, those with most disagreement first.
    public static ExampleFilter none() {
        return new ExampleFilter(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Order.DISAGREEMENT);
    }

    /// What an address says; what it says wrongly counts as not said.
    ///
    /// @param fields of the address
    public static ExampleFilter of(Map<String, String> fields) {
        var said = value(fields, "said");
        var first = value(fields, "first");
        var second = value(fields, "second");
        return new ExampleFilter(
                value(fields, "label"),
                value(fields, "by").flatMap(by -> said.map(text -> new Cell(by, text))),
                first.flatMap(one ->
                        second.filter(other -> !other.equals(one))
                                .map(other -> new Pair(one, other, outcome(fields)))),
                value(fields, "q")
                        .map(q -> q.length() > LONGEST_TEXT ? q.substring(0, LONGEST_TEXT) : q),
                order(fields));
    }

    /// What `sartor runs answers` takes for the same.
    public List<String> options() {
        var options = new ArrayList<String>();
        label.ifPresent(each -> options.addAll(List.of("--label", each)));
        cell.ifPresent(
                each -> options.addAll(List.of("--by", each.candidate(), "--said", each.said())));
        pair.ifPresent(each ->
                options.addAll(
                        List.of(
                                "--first",
                                each.first(),
                                "--second",
                                each.second(),
                                "--outcome",
                                each.outcome().word())));
        text.ifPresent(each -> options.addAll(List.of("--text", each)));
        if (order != Order.DISAGREEMENT) {
            options.addAll(List.of("--sort", order.word()));
        }
        return options;
    }

    private static Outcome outcome(Map<String, String> fields) {
        return value(fields, "outcome").flatMap(Outcome::of).orElse(Outcome.DIFFER);
    }

    private static Order order(Map<String, String> fields) {
        return value(fields, "sort").flatMap(Order::of).orElse(Order.DISAGREEMENT);
    }

    private static Optional<String> value(Map<String, String> fields, String name) {
        return Optional.ofNullable(fields.get(name)).filter(each -> !each.isEmpty());
    }
}
