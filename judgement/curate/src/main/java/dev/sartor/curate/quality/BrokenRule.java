package dev.sartor.curate.quality;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What makes a text broken, and how much of it a row may have.
public enum BrokenRule {
    /// Nothing but white space.
    EMPTY("there is no text", 0),
    /// No letter and no digit.
    PUNCTUATION_ONLY("there is no letter and no digit", 0),
    /// U+FFFD, as a share of the characters.
    REPLACEMENT_CHARACTERS("share of characters that could not be read (U+FFFD)", 0.002),
    /// Runs of characters that are UTF-8 read as Windows-1252.
    MOJIBAKE("runs of UTF-8 that was read as Windows-1252", 0),
    CONTROL_CHARACTERS("control characters", 0),
    /// Share of characters in runs of 128 and more base64 or hexadecimal digits.
    BLOBS("share of characters that are bytes in base64 or hexadecimal digits", 0.2),
    /// Share of characters in `&amp;`, `\u00e4`, `%C3%A4`, `=C3=A4`.
    ESCAPES("share of characters in HTML entities and other escapes", 0.05),
    /// For each word; two and more.
    HTML_TAGS("HTML tags per word", 0.1),
    /// Share of characters in lines of cookie banners, navigation and the like.
    BOILERPLATE("share of characters in boilerplate", 0.5);

    private final String what;
    private final double limit;

    BrokenRule(String what, double limit) {
        this.what = what;
        this.limit = limit;
    }

    /// As settings name it, such as `control_characters`.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<BrokenRule> labelled(String label) {
        return Arrays.stream(values()).filter(each -> each.label().equals(label)).findFirst();
    }

    /// The most that a row may have, where a user says nothing else.
    public double usualLimit() {
        return limit;
    }

    Finding finding(double value, double most) {
        return new Finding(
                label(),
                value,
                most,
                this == EMPTY || this == PUNCTUATION_ONLY
                        ? what
                        : what + ": " + plain(value) + ", at most " + plain(most) + " is allowed");
    }

    private static String plain(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%,.0f", value)
                : String.format(Locale.ROOT, "%.3g", value);
    }
}
