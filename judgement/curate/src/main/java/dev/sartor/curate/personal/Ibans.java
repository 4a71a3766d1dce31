package dev.sartor.curate.personal;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Numbers of bank accounts as ISO 13616 has them, in one piece or in groups (of four, as they are printed, or others).
final class Ibans {
    private static final double SURE = 0.98;

    /// By country, from SWIFT's register, release 99.
    private static final Map<String, Integer> LENGTHS =
            lengths(
                    "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28"
                            + " CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22"
                            + " GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27"
                            + " JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22"
                            + " MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25"
                            + " QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25"
                            + " SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30");

    private Ibans() {}

    private static Map<String, Integer> lengths(String listed) {
        var lengths = new HashMap<String, Integer>();
        for (var each : listed.split(" ", -1)) {
            lengths.put(each.substring(0, 2), Integer.valueOf(each.substring(2)));
        }
        return Map.copyOf(lengths);
    }

    /// The number that begins at an index, where one does.
    static Optional<PersonalFinding> at(String text, int at) {
        if (at + 15 > text.length()
                || !Edges.isAsciiLetter(text.charAt(at + 1))
                || !Edges.isDigit(text.charAt(at + 2))
                || !Edges.isDigit(text.charAt(at + 3))) {
            return Optional.empty();
        }
        var length = LENGTHS.get(text.substring(at, at + 2).toUpperCase(Locale.ROOT));
        if (length == null) {
            return Optional.empty();
        }
        var compact = new StringBuilder(length);
        int end = at;
        while (end < text.length() && compact.length() < length) {
            char c = text.charAt(end);
            if (Edges.isDigit(c)) {
                compact.append(c);
            } else if (Edges.isAsciiLetter(c)) {
                compact.append((char) (c & ~0x20));
            } else if (!isBetweenGroups(text, end)) {
                break;
            }
            end++;
        }
        if (compact.length() < length
                || !Edges.ends(text, end)
                || Checksums.mod97(compact, 4) != 1) {
            return Optional.empty();
        }
        return Optional.of(
                new PersonalFinding(PersonalKind.IBAN, at, end, SURE, compact.toString()));
    }

    /// One separator with letters or digits on both sides.
    private static boolean isBetweenGroups(String text, int at) {
        char c = text.charAt(at);
        return (c == ' ' || c == '\u00a0' || c == '\u202f' || c == '-')
                && at + 1 < text.length()
                && Character.isLetterOrDigit(text.charAt(at - 1))
                && Character.isLetterOrDigit(text.charAt(at + 1));
    }
}
