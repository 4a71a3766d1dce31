package dev.sartor.curate.personal;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Addresses of machines: IPv4, IPv6 (RFC 4291, 2.2) and MAC.
final class InternetAddresses {
    private static final int GROUPS = 8;
    private static final double SURE = 0.85;
    private static final double FOUR_NUMBERS = 0.75;
    private static final double LIKE_A_VERSION = 0.4;

    private InternetAddresses() {}

    static List<NumberForm> macs() {
        return List.of(
                NumberForm.of(
                        PersonalKind.MAC_ADDRESS,
                        "HH:HH:HH:HH:HH:HH",
                        SURE,
                        InternetAddresses::isOne),
                NumberForm.of(
                        PersonalKind.MAC_ADDRESS,
                        "HH-HH-HH-HH-HH-HH",
                        SURE,
                        InternetAddresses::isOne),
                NumberForm.of(
                        PersonalKind.MAC_ADDRESS,
                        "HHHH.HHHH.HHHH",
                        SURE,
                        InternetAddresses::isOne));
    }

    /// Neither none nor all.
    private static boolean isOne(String hex) {
        return hex.chars().anyMatch(c -> c != hex.charAt(0));
    }

    /// Four numbers of 0 to 255 without zeros before them.
    static Optional<PersonalFinding> v4(String text, int at) {
        int end = at;
        int first = 0;
        int largest = 0;
        for (int part = 0; part < 4; part++) {
            if (part > 0) {
                if (end >= text.length() || text.charAt(end) != '.') {
                    return Optional.empty();
                }
                end++;
            }
            int from = end;
            int number = 0;
            while (end < text.length() && end - from < 3 && Edges.isDigit(text.charAt(end))) {
                number = number * 10 + text.charAt(end) - '0';
                end++;
            }
            if (end == from || number > 255 || (end - from > 1 && text.charAt(from) == '0')) {
                return Optional.empty();
            }
            first = part == 0 ? number : first;
            largest = Math.max(largest, number);
        }
        // 0 and 127 name the machine itself, 255 all others
        if (!Edges.ends(text, end) || first == 0 || first == 127 || first == 255) {
            return Optional.empty();
        }
        return Optional.of(
                new PersonalFinding(
                        PersonalKind.IP_ADDRESS,
                        at,
                        end,
                        largest < 10 ? LIKE_A_VERSION : FOUR_NUMBERS,
                        text.substring(at, end)));
    }

    /// Eight groups of up to four hexadecimal digits; `::` once for groups of zeros; not `a::b`, which names of programs are like.
    static Optional<PersonalFinding> v6(String text, int at) {
        int i = at;
        int groups = 0;
        boolean isShort = false;
        boolean hasDigit = false;
        if (text.startsWith("::", i)) {
            isShort = true;
            i += 2;
        }
        int end = i;
        while (groups < GROUPS) {
            int from = i;
            while (i < text.length() && i - from < 5 && Edges.isHex(text.charAt(i))) {
                hasDigit |= Edges.isDigit(text.charAt(i));
                i++;
            }
            if (i == from || i - from > 4) {
                break;
            }
            groups++;
            end = i;
            if (!isShort && text.startsWith("::", i)) {
                isShort = true;
                i += 2;
                end = i;
            } else if (i + 1 < text.length()
                    && text.charAt(i) == ':'
                    && Edges.isHex(text.charAt(i + 1))) {
                i++;
            } else {
                break;
            }
        }
        boolean isWhole = isShort ? groups < GROUPS && groups > 1 : groups == GROUPS;
        if (!isWhole || !hasDigit || !endsAddress(text, end)) {
            return Optional.empty();
        }
        var value = text.substring(at, end).toLowerCase(Locale.ROOT);
        return Optional.of(new PersonalFinding(PersonalKind.IP_ADDRESS, at, end, SURE, value));
    }

    private static boolean endsAddress(String text, int end) {
        return end == text.length() || (text.charAt(end) != ':' && Edges.ends(text, end));
    }
}
