package dev.sartor.curate.personal;

import java.util.Set;

/// What the words near a number say that it is.
///
/// @param adjacent kinds that the words right before it name, on its line
/// @param isNational whether they name a national number of whichever country
/// @param isOther whether those words name what is no personal data, such as an order
/// @param around kinds that words of the wider neighbourhood name, such as the head of a table
record Near(
        Set<PersonalKind> adjacent, boolean isNational, boolean isOther, Set<PersonalKind> around) {
    private static final double NAMED = 0.95;
    private static final double NAMED_IN_GENERAL = 0.85;
    private static final double NAMED_FURTHER_OFF = 0.75;
    private static final double UNMISTAKABLE = 0.8;
    private static final double UNLIKELY = 0.1;

    /// The confidence of a kind, given what it has without any words.
    double weigh(PersonalKind kind, double confidence) {
        if (adjacent.contains(kind)) {
            return Math.max(confidence, NAMED);
        }
        if (isNational && PersonalKind.NATIONAL.contains(kind)) {
            return Math.max(confidence, NAMED_IN_GENERAL);
        }
        if (confidence >= UNMISTAKABLE) {
            return confidence;
        }
        if (isOther) {
            return confidence * 0.5;
        }
        if (!adjacent.isEmpty()) {
            return confidence * 0.6;
        }
        // groups of digits beside the price of telephones, or a line of cells, are too common
        return around.contains(kind) && kind != PersonalKind.PHONE && confidence >= UNLIKELY
                ? Math.max(confidence, NAMED_FURTHER_OFF)
                : confidence;
    }
}
