package dev.sartor.curate.personal;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Telephone numbers: candidates are cut out here, so that none is longer than 40 characters, and libphonenumber says which of
/// them its countries have given out.
final class PhoneNumbers {
    private static final double INTERNATIONAL = 0.9;
    private static final double DIALLED = 0.75;
    private static final double UNKNOWN_RANGE = 0.4;
    private static final double GROUPED = 0.75;
    private static final double AREA_GROUPED = 0.6;
    private static final double GROUPED_LIKE_ANY_NUMBER = 0.4;
    private static final double BARE = 0.2;
    private static final double OTHERWISE_GROUPED = 0.05;
    private static final int SHORTEST = 7;
    private static final int LONGEST = 15;
    private static final int LONGEST_NATIONAL = 12;

    /// Hotlines and the like are none.
    private static final Set<PhoneNumberType> OF_PERSONS =
            Set.of(
                    PhoneNumberType.FIXED_LINE,
                    PhoneNumberType.MOBILE,
                    PhoneNumberType.FIXED_LINE_OR_MOBILE,
                    PhoneNumberType.PERSONAL_NUMBER,
                    PhoneNumberType.VOIP,
                    PhoneNumberType.PAGER);

    private final PhoneNumberUtil library = PhoneNumberUtil.getInstance();

    /// What is dialled before numbers within a country, by region: `0`, `1`, or nothing.
    private final Map<String, String> trunks;

    private final List<String> regions;

    PhoneNumbers(List<String> regions) {
        this.regions = regions;
        trunks =
                regions.stream()
                        .distinct()
                        .collect(Collectors.toMap(Function.identity(), this::trunk));
    }

    private String trunk(String region) {
        var prefix = library.getNddPrefixForRegion(region, true);
        return prefix == null ? "" : prefix;
    }

    /// The number that begins at an index, where one does: at `+`, at a bracket, or at a digit.
    Optional<PersonalFinding> at(String text, int at, ContextWords words) {
        var groups = DigitGroups.at(text, at);
        if (groups.digits().length() < SHORTEST) {
            return Optional.empty();
        }
        for (int group = groups.size() - 1; group >= 0; group--) {
            int end = groups.ends().get(group);
            int count = groups.counts().get(group);
            if (count < SHORTEST) {
                break;
            }
            if (count > LONGEST + 2 || !Edges.ends(text, end)) {
                continue;
            }
            var found = at(text, at, groups, group, words);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private Optional<PersonalFinding> at(
            String text, int at, DigitGroups groups, int group, ContextWords words) {
        var digits = groups.digitsTo(group);
        int end = groups.ends().get(group);
        if (text.charAt(at) == '+') {
            return international(text, at, end, "+" + digits, INTERNATIONAL, words);
        }
        if (digits.startsWith("00")) {
            return international(text, at, end, "+" + digits.substring(2), DIALLED, words);
        }
        // a row of numbers, or a date, is no telephone number
        if (digits.length() > LONGEST_NATIONAL
                || groups.digits().length() > LONGEST
                || isPrecededByNumber(text, at)
                || isDate(groups)) {
            return Optional.empty();
        }
        if (group == 0 && !isNamed(text, at, end, words)) {
            return Optional.empty();
        }
        return national(text, at, groups, group, words);
    }

    private static boolean isPrecededByNumber(String text, int at) {
        return at > 1
                && Edges.isDigit(text.charAt(at))
                && DigitGroups.isSeparator(text.charAt(at - 1))
                && Edges.isDigit(text.charAt(at - 2));
    }

    /// Year, month and day, or day, month and year, whatever follows.
    private static boolean isDate(DigitGroups groups) {
        var sizes = groups.sizesTo(groups.size() - 1);
        if (sizes.size() < 3) {
            return false;
        }
        var digits = groups.digits();
        boolean isYearFirst = sizes.getFirst() == 4 && sizes.get(1) <= 2 && sizes.get(2) <= 2;
        boolean isYearLast = sizes.getFirst() <= 2 && sizes.get(1) <= 2 && sizes.get(2) == 4;
        int year = isYearLast ? groups.counts().get(1) : 0;
        return (isYearFirst || isYearLast)
                && (digits.startsWith("19", year) || digits.startsWith("20", year));
    }

    /// A bare run of digits is looked at where a word beside it names a telephone.
    private static boolean isNamed(String text, int at, int end, ContextWords words) {
        return words.near(text, at, end).adjacent().contains(PersonalKind.PHONE);
    }

    /// The region whose own grouping the number has goes before the others.
    private Optional<PersonalFinding> national(
            String text, int at, DigitGroups groups, int group, ContextWords words) {
        var digits = groups.digitsTo(group);
        var sizes = groups.sizesTo(group);
        Optional<PhoneNumber> best = Optional.empty();
        double highest = 0;
        for (var region : regions) {
            if (!mayBeOf(region, digits)) {
                continue;
            }
            var number = valid(digits, region);
            if (number.isEmpty() || !library.isValidNumberForRegion(number.get(), region)) {
                continue;
            }
            double confidence = confidence(region, number.get(), digits, sizes);
            if (confidence > highest) {
                highest = confidence;
                best = number;
            }
        }
        double confidence = highest;
        int end = groups.ends().get(group);
        return best.map(number -> finding(text, at, end, confidence, number, words));
    }

    private boolean mayBeOf(String region, String digits) {
        var trunk = trunks.getOrDefault(region, "");
        boolean isTrunk = digits.charAt(0) == '0';
        return trunk.equals("0") ? isTrunk : !isTrunk || region.equals("IT");
    }

    private double confidence(
            String region, PhoneNumber number, String digits, List<Integer> sizes) {
        if (sizes.size() < 2) {
            return BARE;
        }
        if (!OF_PERSONS.contains(library.getNumberType(number))) {
            return GROUPED_LIKE_ANY_NUMBER;
        }
        var own = DigitGroups.sizes(library.format(number, PhoneNumberFormat.NATIONAL));
        boolean hasTrunk = digits.charAt(0) == '0' || trunks.getOrDefault(region, "").equals("1");
        if (own.equals(sizes) || own.equals(sizes.subList(1, sizes.size()))) {
            return hasTrunk ? GROUPED : GROUPED_LIKE_ANY_NUMBER;
        }
        boolean isArea = hasTrunk && own.size() > 1 && own.getFirst().equals(sizes.getFirst());
        return isArea && sizes.size() <= own.size() + 2 ? AREA_GROUPED : OTHERWISE_GROUPED;
    }

    /// Countries give out new ranges, so that one which the library does not know counts where a word names a telephone.
    private Optional<PersonalFinding> international(
            String text, int at, int end, String written, double confidence, ContextWords words) {
        return parsed(written, "ZZ")
                .filter(library::isPossibleNumber)
                .map(number ->
                        finding(
                                text,
                                at,
                                end,
                                library.isValidNumber(number) ? confidence : UNKNOWN_RANGE,
                                number,
                                words));
    }

    private Optional<PhoneNumber> valid(String written, String region) {
        return parsed(written, region).filter(library::isValidNumber);
    }

    private Optional<PhoneNumber> parsed(String written, String region) {
        try {
            return Optional.of(library.parse(written, region));
        } catch (NumberParseException _) {
            return Optional.empty();
        }
    }

    private PersonalFinding finding(
            String text,
            int at,
            int end,
            double confidence,
            PhoneNumber number,
            ContextWords words) {
        double weighed = words.near(text, at, end).weigh(PersonalKind.PHONE, confidence);
        return new PersonalFinding(
                PersonalKind.PHONE,
                at,
                end,
                weighed,
                library.format(number, PhoneNumberFormat.E164));
    }
}
