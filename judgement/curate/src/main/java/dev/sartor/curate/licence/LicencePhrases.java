package dev.sartor.curate.licence;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Licences by phrases that stand in their texts, or in the notices that they ask for, and in no other. The first licence of a text is
/// its own: texts of licences name others, and licence files go on with those of bundled parts.
final class LicencePhrases {
    /// How far behind a name its version may stand, in characters.
    private static final int VERSION_WITHIN = 260;

    /// How far behind a licence another may stand of which the receiver chooses.
    private static final int CHOICE_WITHIN = 1500;

    /// How far before the first licence a choice may be spoken of.
    private static final int CHOICE_BEFORE = 200;

    private static final String OPTION = "at your option";

    /// @param id of SPDX
    /// @param phrase that has to stand in the text; the licence's place is that of the phrase
    /// @param also another that has to; empty for none
    /// @param not one that must not; empty for none
    private record Rule(String id, String phrase, String also, String not) {
        Rule(String id, String phrase) {
            this(id, phrase, "", "");
        }

        int place(String text) {
            int place = text.indexOf(phrase);
            return place < 0
                            || (!also.isEmpty() && !text.contains(also))
                            || (!not.isEmpty() && text.contains(not))
                    ? -1
                    : place;
        }
    }

    private static final String MIT =
            "permission is hereby granted free of charge to any person obtaining a copy of this software";
    private static final String NOTICE = "permission notice shall be included in all copies";
    private static final String BSD =
            "redistribution and use in source and binary forms with or without modification are permitted";
    private static final String ENDORSE = "endorse or promote products derived from this software";
    private static final String ADVERTISING =
            "all advertising materials mentioning features or use";
    private static final String ISC =
            "modify and or distribute this software for any purpose with or without fee is hereby granted";
    private static final String OLD_ISC =
            "modify and distribute this software for any purpose with or without fee is hereby granted";
    private static final String X_CONSORTIUM = "the name of the x consortium shall not be used";

    private static final List<Rule> RULES =
            List.of(
                    new Rule("X11", MIT, X_CONSORTIUM, ""),
                    new Rule("MIT", MIT, NOTICE, X_CONSORTIUM),
                    new Rule("MIT-0", MIT, "", NOTICE),
                    new Rule("MIT", "under the mit license"),
                    new Rule("MIT", "under the terms of the mit license"),
                    new Rule("MIT", "mit licensed"),
                    new Rule("MIT", "license mit ", "", "permission is hereby granted"),
                    new Rule("BSD-4-Clause", BSD, ADVERTISING, ""),
                    new Rule("BSD-3-Clause", BSD, ENDORSE, ADVERTISING),
                    new Rule("NCSA", "university of illinois ncsa open source license"),
                    new Rule("BSD-2-Clause", BSD, "", ENDORSE),
                    new Rule("BSD-3-Clause", "under the bsd 3 clause license"),
                    new Rule("BSD-3-Clause", "under the 3 clause bsd license"),
                    new Rule("BSD-2-Clause", "under the bsd 2 clause license"),
                    new Rule("BSD-2-Clause", "under the 2 clause bsd license"),
                    new Rule("ISC", ISC, "provided that the above copyright notice", ""),
                    new Rule("0BSD", ISC, "", "provided that the above copyright notice"),
                    new Rule("ISC", OLD_ISC, "provided that the above copyright notice", ""),
                    new Rule("ISC", "under the isc license"),
                    new Rule("Apache-2.0", "licensed under the apache license version 2 0"),
                    new Rule("Apache-2.0", "under the apache license version 2 0"),
                    new Rule("Apache-2.0", "under the apache 2 0 license"),
                    new Rule("Apache-2.0", "apache license version 2 0"),
                    new Rule("Apache-2.0", "www apache org licenses license 2 0"),
                    new Rule("Apache-1.1", "the apache software license version 1 1"),
                    new Rule("MPL-2.0", "mozilla public license v 2 0"),
                    new Rule("MPL-2.0", "mozilla public license version 2 0"),
                    new Rule("MPL-1.1", "mozilla public license version 1 1"),
                    new Rule("EPL-2.0", "eclipse public license v 2 0"),
                    new Rule("EPL-2.0", "eclipse public license v2 0"),
                    new Rule("EPL-2.0", "eclipse public license version 2 0"),
                    new Rule("EPL-2.0", "eclipse public license 2 0"),
                    new Rule("EPL-1.0", "eclipse public license v 1 0"),
                    new Rule("EPL-1.0", "eclipse public license v1 0"),
                    new Rule(
                            "CDDL-1.1",
                            "common development and distribution license cddl version 1 1"),
                    new Rule(
                            "CDDL-1.0",
                            "common development and distribution license cddl version 1 0"),
                    new Rule("EUPL-1.2", "european union public licence v 1 2"),
                    new Rule(
                            "Unlicense",
                            "this is free and unencumbered software released into the public domain"),
                    new Rule("CC0-1.0", "cc0 1 0 universal"),
                    new Rule("BSL-1.0", "boost software license version 1 0"),
                    new Rule("BUSL-1.1", "business source license 1 1"),
                    new Rule("Zlib", "altered source versions must be plainly marked as such"),
                    new Rule("WTFPL", "do what the fuck you want to public license"),
                    new Rule("Artistic-2.0", "the artistic license 2 0"),
                    new Rule(
                            "PostgreSQL",
                            "for any purpose without fee and without a written agreement is hereby granted"),
                    new Rule("PSF-2.0", "python software foundation license version 2"),
                    new Rule("UPL-1.0", "universal permissive license upl version 1 0"),
                    new Rule("MS-PL", "microsoft public license"),
                    new Rule("BlueOak-1.0.0", "blue oak model license version 1 0 0"),
                    new Rule("MulanPSL-2.0", "mulan psl v2"),
                    new Rule("OFL-1.1", "sil open font license version 1 1"),
                    new Rule(
                            "CC-BY-NC-SA-4.0",
                            "attribution noncommercial sharealike 4 0 international"),
                    new Rule(
                            "CC-BY-NC-ND-4.0",
                            "attribution noncommercial noderivatives 4 0 international"),
                    new Rule("CC-BY-NC-4.0", "attribution noncommercial 4 0 international"),
                    new Rule("CC-BY-ND-4.0", "attribution noderivatives 4 0 international"),
                    new Rule("CC-BY-SA-4.0", "attribution sharealike 4 0 international"),
                    new Rule("CC-BY-4.0", "attribution 4 0 international"),
                    new Rule("SSPL-1.0", "server side public license version 1"),
                    new Rule("Elastic-2.0", "elastic license 2 0"),
                    new Rule(
                            "PolyForm-Noncommercial-1.0.0", "polyform noncommercial license 1 0 0"),
                    new Rule(
                            "LicenseRef-Proprietary",
                            "unauthorized copying of this file via any medium is strictly prohibited"),
                    new Rule("LicenseRef-Proprietary", "proprietary and confidential"));

    private LicencePhrases() {}

    private record Found(String id, int place) {}

    /// @param text as {@link PlainText} makes it
    static Optional<LicenceExpression> in(String text) {
        var found = new ArrayList<Found>();
        for (var rule : RULES) {
            int place = rule.place(text);
            if (place >= 0) {
                found.add(new Found(rule.id(), place));
            }
        }
        gnu(text, "gnu affero general public license", "AGPL", "3.0").ifPresent(found::add);
        gnu(text, "gnu lesser general public license", "LGPL", "2.1").ifPresent(found::add);
        gnu(text, "gnu library general public license", "LGPL", "2.0").ifPresent(found::add);
        gnu(text, "gnu general public license", "GPL", "1.0").ifPresent(found::add);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        found.sort(Comparator.comparingInt(Found::place));
        var first = found.getFirst();
        var chosen =
                new ArrayList<LicenceExpression>(List.of(LicenceExpression.single(first.id())));
        int begin = Math.max(0, first.place() - CHOICE_BEFORE);
        if (isChoice(
                text.substring(begin, Math.min(text.length(), first.place() + CHOICE_WITHIN)))) {
            found.stream()
                    .filter(each -> each.place() - first.place() <= CHOICE_WITHIN)
                    .forEach(each -> chosen.add(LicenceExpression.single(each.id())));
        }
        return Optional.of(LicenceExpression.any(chosen));
    }

    /// "at your option any later version" is no choice between licences.
    private static boolean isChoice(String text) {
        if (text.contains("dual licensed")
                || text.contains("under either of")
                || text.contains("under the terms of either")) {
            return true;
        }
        for (int i = text.indexOf(OPTION); i >= 0; i = text.indexOf(OPTION, i + 1)) {
            if (!text.startsWith(" any ", i + OPTION.length())) {
                return true;
            }
        }
        return false;
    }

    /// GNU's licences have their version behind their name, and "any later version" behind that. The text of a licence does not say
    /// whether later versions do: its name is then that of SPDX before it made a difference.
    ///
    /// @param oldest the version of a notice that names none: it gives the choice of any
    private static Optional<Found> gnu(String text, String name, String family, String oldest) {
        int place = text.indexOf(name);
        if (place < 0) {
            return Optional.empty();
        }
        var behind =
                text.substring(
                        place, Math.min(text.length(), place + name.length() + VERSION_WITHIN));
        var version = version(behind);
        boolean isLater =
                behind.contains("any later version")
                        || behind.contains("or later")
                        || behind.contains("or newer");
        boolean isNotice =
                behind.contains("as published by the free software foundation")
                        || behind.contains(" only ");
        var suffix = isLater ? "-or-later" : isNotice ? "-only" : "";
        return Optional.of(
                new Found(
                        version.isEmpty()
                                ? family + "-" + oldest + "-or-later"
                                : family + "-" + version + suffix,
                        place));
    }

    private static String version(String behind) {
        int best = Integer.MAX_VALUE;
        var version = "";
        for (var each : List.of("2 1", "3", "2", "1")) {
            for (var written : List.of("version " + each, " v" + each, " v " + each)) {
                int place = behind.indexOf(written);
                boolean isWhole =
                        place >= 0
                                && (place + written.length() == behind.length()
                                        || behind.charAt(place + written.length()) == ' ');
                if (isWhole && place < best) {
                    best = place;
                    version = each.equals("2 1") ? "2.1" : each + ".0";
                }
            }
        }
        return version;
    }
}
