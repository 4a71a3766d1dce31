package dev.sartor.curate.personal;

import static dev.sartor.curate.personal.Checksums.number;
import static dev.sartor.curate.personal.PersonalKind.PAYMENT_CARD;

import java.util.ArrayList;
import java.util.List;

/// Payment cards: the issuers' ranges of numbers with their lengths, and Luhn's check digit.
final class PaymentCards {
    private static final List<String> GROUPED =
            List.of(
                    "9999 9999 9999 9999",
                    "9999-9999-9999-9999",
                    "9999 999999 99999",
                    "9999-999999-99999",
                    "9999 999999 9999",
                    "9999-999999-9999",
                    "9999 9999 9999 9999 999",
                    "9999-9999-9999-9999-999",
                    "9999.9999.9999.9999");

    private PaymentCards() {}

    static List<NumberForm> forms() {
        var forms = new ArrayList<NumberForm>();
        GROUPED.forEach(each ->
                forms.add(NumberForm.of(PAYMENT_CARD, each, 0.95, PaymentCards::mayBeGiven)));
        for (int length = 12; length <= 19; length++) {
            // 3 in 100 numbers of 16 digits are a card's by chance; nobody has many of those of
            // other lengths.
            double confidence = length == 15 || length == 16 ? 0.6 : 0.35;
            forms.add(
                    NumberForm.of(
                            PAYMENT_CARD,
                            "9".repeat(length),
                            confidence,
                            PaymentCards::mayBeGiven));
        }
        return List.copyOf(forms);
    }

    static boolean mayBeGiven(String digits) {
        return isIssued(digits) && Checksums.luhn(digits);
    }

    /// Visa, Mastercard, American Express, Diners, Discover, JCB, UnionPay, Mir, Maestro, in that order.
    private static boolean isIssued(String digits) {
        int length = digits.length();
        int first4 = number(digits, 0, 4);
        if (first4 / 1000 == 4) {
            return length == 13 || length == 16 || length == 19;
        }
        if (within(first4, 5100, 5599) || within(first4, 2221, 2720)) {
            return length == 16;
        }
        if (first4 / 100 == 34 || first4 / 100 == 37) {
            return length == 15;
        }
        if (within(first4, 3000, 3059) || first4 == 3095 || within(first4 / 100, 38, 39)) {
            return length >= 14;
        }
        if (first4 / 100 == 36) {
            return length >= 14;
        }
        if (first4 == 6011 || within(first4, 6440, 6599) || within(first4, 3528, 3589)) {
            return length >= 16;
        }
        if (first4 / 100 == 62) {
            return length >= 16;
        }
        if (within(first4, 2200, 2204)) {
            return length >= 16;
        }
        return switch (first4) {
            case 5018, 5020, 5038, 5893, 6304, 6759, 6761, 6762, 6763 -> length >= 12;
            default -> false;
        };
    }

    private static boolean within(int number, int first, int last) {
        return number >= first && number <= last;
    }
}
