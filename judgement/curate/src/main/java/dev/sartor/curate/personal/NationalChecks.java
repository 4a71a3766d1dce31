package dev.sartor.curate.personal;

import static dev.sartor.curate.personal.Checksums.digit;
import static dev.sartor.curate.personal.Checksums.number;

import java.util.Set;

/// Whether a national number may have been given. Each takes the digits and capital letters alone, of the lengths that its
/// shapes have.
final class NationalChecks {
    private static final Set<String> ADVERTISED = Set.of("078051120", "219099999", "123456789");
    private static final Set<String> NINO_PREFIXES_NEVER_GIVEN =
            Set.of("BG", "GB", "NK", "KN", "TN", "NT", "ZZ");
    private static final String CENTURY_SIGNS = "-+ABCDEFUVWXY";
    private static final String FISCALE_MONTHS = "ABCDEHLMPRST";
    private static final String OMOCODIA = "LMNPQRSTUV";
    private static final int[] FISCALE_DIGITS = {6, 7, 9, 10, 12, 13, 14};

    private NationalChecks() {}

    /// As the Social Security Administration gives them since June 2011; those that were printed on cards in wallets are out.
    static boolean ssn(String digits) {
        int area = number(digits, 0, 3);
        return area != 0
                && area != 666
                && area < 900
                && number(digits, 3, 5) != 0
                && number(digits, 5, 9) != 0
                && !ADVERTISED.contains(digits);
    }

    /// HMRC's manual NIM39110.
    static boolean nino(String code) {
        return "DFIQUV".indexOf(code.charAt(0)) < 0
                && "DFIOQUV".indexOf(code.charAt(1)) < 0
                && !NINO_PREFIXES_NEVER_GIVEN.contains(code.substring(0, 2))
                && code.charAt(8) <= 'D';
    }

    static boolean nhs(String digits) {
        return Checksums.mod11(digits, 10, 9, 8, 7, 6, 5, 4, 3, 2) && isVaried(digits);
    }

    /// Of the first ten digits one stands there twice or three times, and no other more than once.
    static boolean taxId(String digits) {
        if (digits.charAt(0) == '0') {
            return false;
        }
        var counts = new int[10];
        for (int i = 0; i < 10; i++) {
            counts[digit(digits, i)]++;
        }
        int repeated = 0;
        for (int count : counts) {
            if (count > 3) {
                return false;
            }
            repeated += count > 1 ? 1 : 0;
        }
        return repeated == 1 && Checksums.mod11and10(digits);
    }

    /// Sex, year, month (20 and more where it is not known), department (2A and 2B are Corsica), and so on.
    static boolean nir(String code) {
        char corsica = code.charAt(6);
        if (Edges.isAsciiLetter(corsica) && (code.charAt(5) != '2' || corsica > 'B')) {
            return false;
        }
        int month = number(code, 3, 5);
        if ("12378".indexOf(code.charAt(0)) < 0 || month == 0 || (month > 12 && month < 20)) {
            return false;
        }
        var digits =
                switch (corsica) {
                    case 'A' -> code.substring(0, 5) + "19" + code.substring(7);
                    case 'B' -> code.substring(0, 5) + "18" + code.substring(7);
                    default -> code;
                };
        long number = Long.parseLong(digits.substring(0, 13));
        return 97 - number % 97 == number(digits, 13, 15);
    }

    static boolean dni(String code) {
        return Checksums.dniLetter(number(code, 0, 8)) == code.charAt(8);
    }

    static boolean nie(String code) {
        int first = "XYZ".indexOf(code.charAt(0));
        return first >= 0
                && Checksums.dniLetter(first * 10_000_000 + number(code, 1, 8)) == code.charAt(8);
    }

    /// Digits may be letters, where two persons would have the same code (omocodia).
    static boolean fiscale(String code) {
        var digits = new StringBuilder(code);
        for (int at : FISCALE_DIGITS) {
            int letter = OMOCODIA.indexOf(code.charAt(at));
            if (letter >= 0) {
                digits.setCharAt(at, (char) ('0' + letter));
            } else if (!Edges.isDigit(code.charAt(at))) {
                return false;
            }
        }
        int day = number(digits, 9, 11);
        return FISCALE_MONTHS.indexOf(code.charAt(8)) >= 0
                && ((day >= 1 && day <= 31) || (day >= 41 && day <= 71))
                && Checksums.fiscaleCharacter(code) == code.charAt(15);
    }

    static boolean bsn(String digits) {
        return Checksums.weighted(digits, 9, 8, 7, 6, 5, 4, 3, 2, -1) % 11 == 0 && isVaried(digits);
    }

    /// Born in 2000 or later, the number is read with a 2 before it. Month and day may be 0 where they are not known.
    static boolean belgian(String digits) {
        long number = number(digits, 0, 9);
        int check = number(digits, 9, 11);
        return number(digits, 2, 4) <= 12
                && number(digits, 4, 6) <= 31
                && (97 - number % 97 == check || 97 - (number + 2_000_000_000L) % 97 == check);
    }

    static boolean ahv(String digits) {
        return digits.startsWith("756") && Checksums.ean13(digits);
    }

    /// With or without the century. The day has 60 more in a samordningsnummer.
    static boolean swedish(String digits) {
        var last = digits.substring(digits.length() - 10);
        if (digits.length() == 12) {
            int century = number(digits, 0, 2);
            if (century < 18 || century > 20) {
                return false;
            }
        }
        int day = number(last, 4, 6);
        return isDay(number(last, 2, 4), day > 60 ? day - 60 : day)
                && Checksums.luhn(last)
                && isVaried(last);
    }

    static boolean cpr(String digits) {
        return isDay(number(digits, 2, 4), number(digits, 0, 2)) && isVaried(digits);
    }

    /// The month has 20, 40, 60 or 80 more by century.
    static boolean pesel(String digits) {
        return isDay(number(digits, 2, 4) % 20, number(digits, 4, 6))
                && (10 - Checksums.weighted(digits, 1, 3, 7, 9, 1, 3, 7, 9, 1, 3) % 10) % 10
                        == digit(digits, 10);
    }

    /// The sign of the century is a letter where it is not a separator; the shapes keep it in `code` then.
    static boolean hetu(String code) {
        var digits = code.length() == 11 ? code.substring(0, 6) + code.substring(7) : code;
        if (code.length() == 11 && CENTURY_SIGNS.indexOf(code.charAt(6)) < 0) {
            return false;
        }
        int number = number(digits, 0, 9);
        return isDay(number(digits, 2, 4), number(digits, 0, 2))
                && Checksums.hetuCharacter(number) == digits.charAt(9);
    }

    /// The day has 40 more in a D number.
    static boolean norwegian(String digits) {
        int day = number(digits, 0, 2);
        return isDay(number(digits, 2, 4), day > 40 ? day - 40 : day)
                && Checksums.mod11(digits, 3, 7, 6, 1, 8, 9, 4, 5, 2)
                && Checksums.mod11(digits, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2);
    }

    private static boolean isDay(int month, int day) {
        int longest =
                switch (month) {
                    case 2 -> 29;
                    case 4, 6, 9, 11 -> 30;
                    default -> 31;
                };
        return month >= 1 && month <= 12 && day >= 1 && day <= longest;
    }

    private static boolean isVaried(String digits) {
        return digits.chars().anyMatch(c -> c != digits.charAt(0));
    }
}
