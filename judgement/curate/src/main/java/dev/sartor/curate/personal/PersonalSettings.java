package dev.sartor.curate.personal;

import dev.sartor.core.Problems;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// What counts as personal data.
///
/// @param kinds those that are looked for
/// @param regions whose national forms of telephone numbers are known, as ISO 3166 has them, such as `DE`
/// @param minConfidence 0 to 1: the least confidence of a finding. At 0.5 a bare run of digits that many numbers fit needs a word
///     near it that says what it is
public record PersonalSettings(
        Set<PersonalKind> kinds, List<String> regions, double minConfidence) {
    public static final List<String> REGIONS =
            List.of(
                    "US", "GB", "DE", "FR", "ES", "IT", "NL", "BE", "SE", "PL", "FI", "NO", "CH",
                    "DK", "AT");
    public static final PersonalSettings DEFAULT =
            new PersonalSettings(EnumSet.allOf(PersonalKind.class), REGIONS, 0.5);

    public PersonalSettings {
        Problems.refuseUnless(
                !kinds.isEmpty(),
                "kinds",
                "one or more",
                kinds,
                "leave the step out to look for none");
        Problems.refuseUnless(
                minConfidence >= 0 && minConfidence <= 1,
                "min_confidence",
                "0 to 1",
                minConfidence,
                "0.5 asks for a checksum or a form, and for a word nearby where many numbers fit");
        kinds = Collections.unmodifiableSet(EnumSet.copyOf(kinds));
        regions = List.copyOf(regions);
    }
}
