package dev.sartor.curate.personal;

/// Check digits. All take digits (or digits and capital letters, where said) alone.
final class Checksums {
    private static final String HETU = "0123456789ABCDEFHJKLMNPRSTUVWXY";
    private static final String DNI = "TRWAGMYFPDXBNJZSQVHLCKE";

    /// What the characters at odd places of a codice fiscale count, by letter; digits count as the first ten letters do
    /// (decree of 23 December 1976).
    private static final int[] FISCALE_ODD = {
        1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23
    };

    private Checksums() {}

    static int digit(CharSequence digits, int at) {
        return digits.charAt(at) - '0';
    }

    static int number(CharSequence digits, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            number = number * 10 + digit(digits, i);
        }
        return number;
    }

    static int weighted(CharSequence digits, int... weights) {
        int sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += weights[i] * digit(digits, i);
        }
        return sum;
    }

    /// ISO/IEC 7812-1, annex B.
    static boolean luhn(CharSequence digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digit(digits, digits.length() - 1 - i);
            sum += i % 2 == 0 ? digit : digit * 2 - (digit > 4 ? 9 : 0);
        }
        return sum % 10 == 0;
    }

    /// The remainder by 97 of a number in which letters stand for 10 to 35 (ISO 7064, MOD 97-10), read from `from` on and round
    /// to it again.
    static int mod97(CharSequence text, int from) {
        int remainder = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt((from + i) % text.length());
            remainder =
                    c <= '9'
                            ? (remainder * 10 + c - '0') % 97
                            : (remainder * 100 + c - 'A' + 10) % 97;
        }
        return remainder;
    }

    /// The last digit checks those before it (ISO 7064, MOD 11,10).
    static boolean mod11and10(CharSequence digits) {
        int product = 10;
        for (int i = 0; i < digits.length() - 1; i++) {
            int sum = (digit(digits, i) + product) % 10;
            product = (sum == 0 ? 10 : sum) * 2 % 11;
        }
        return (11 - product) % 10 == digit(digits, digits.length() - 1);
    }

    /// The digit after those weighed brings their sum to a multiple of 11; where that would take a 10, no number was given.
    static boolean mod11(CharSequence digits, int... weights) {
        int check = (11 - weighted(digits, weights) % 11) % 11;
        return check < 10 && check == digit(digits, weights.length);
    }

    /// ISO/IEC 15420.
    static boolean ean13(CharSequence digits) {
        return weighted(digits, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1) % 10 == 0;
    }

    static char hetuCharacter(int number) {
        return HETU.charAt(number % HETU.length());
    }

    static char dniLetter(int number) {
        return DNI.charAt(number % DNI.length());
    }

    /// @param code the 15 capital letters and digits before the character
    static char fiscaleCharacter(CharSequence code) {
        int sum = 0;
        for (int i = 0; i < 15; i++) {
            char c = code.charAt(i);
            int value = c <= '9' ? c - '0' : c - 'A';
            sum += i % 2 == 0 ? FISCALE_ODD[value] : value;
        }
        return (char) ('A' + sum % 26);
    }
}
