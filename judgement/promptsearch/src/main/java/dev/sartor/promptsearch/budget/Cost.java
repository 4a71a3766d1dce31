package dev.sartor.promptsearch.budget;

/// What calls of models cost, or may cost at most.
///
/// @param tokens of prompts and answers
/// @param price of those tokens where they are paid for, in the currency of the project's `costs`; the machine's own hours are not in it
/// @param seconds by the clock on the wall
public record Cost(long tokens, double price, double seconds) {
    public static final Cost NONE = new Cost(0, 0, 0);

    public Cost plus(Cost other) {
        return new Cost(tokens + other.tokens, price + other.price, seconds + other.seconds);
    }

    /// The higher of each.
    public Cost most(Cost other) {
        return new Cost(
                Math.max(tokens, other.tokens),
                Math.max(price, other.price),
                Math.max(seconds, other.seconds));
    }
}
