package dev.sartor.curate.licence;

import java.util.List;

/// GNU's licences have their version behind their name, and "any later version" behind that. The text of a licence does not say whether
/// later versions do: its name is then that of SPDX before it made a difference.
///
/// @param name in the text
/// @param family in SPDX
/// @param oldest the version of a notice that names none, which gives the choice of any
record GnuLicence(String name, String family, String oldest) {
    static final List<GnuLicence> ALL =
            List.of(
                    new GnuLicence("gnu affero general public license", "AGPL", "3.0"),
                    new GnuLicence("gnu lesser general public license", "LGPL", "2.1"),
                    new GnuLicence("gnu library general public license", "LGPL", "2.0"),
                    new GnuLicence("gnu free documentation license", "GFDL", "1.1"),
                    new GnuLicence("gnu general public license", "GPL", "1.0"));

    /// How far behind a name its version may stand, in characters.
    private static final int VERSION_WITHIN = 260;

    /// A name that stands further behind is only spoken of, but where a notice is around it.
    private static final int TITLE_WITHIN = 400;

    private static final int NOTICE_WITHIN = 60;

    /// Where it is the licence of the text; -1 for nowhere.
    int place(String text) {
        for (int place = text.indexOf(name); place >= 0; place = text.indexOf(name, place + 1)) {
            var before = text.substring(Math.max(0, place - NOTICE_WITHIN), place);
            if (place < TITLE_WITHIN
                    || (before.contains("under the ")
                            && behind(text, place).contains("as published by the free"))) {
                return place;
            }
        }
        return -1;
    }

    /// @param place where the name stands
    String id(String text, int place) {
        var behind = behind(text, place);
        var version = version(behind);
        boolean isLater =
                behind.contains("any later version")
                        || behind.contains("or later")
                        || behind.contains("or newer");
        boolean isNotice =
                behind.contains("as published by the free software foundation")
                        || behind.contains(" only ");
        return version.isEmpty()
                ? family + "-" + oldest + "-or-later"
                : family + "-" + version + (isLater ? "-or-later" : isNotice ? "-only" : "");
    }

    private String behind(String text, int place) {
        return text.substring(
                place, Math.min(text.length(), place + name.length() + VERSION_WITHIN));
    }

    /// The first that is named.
    private static String version(String behind) {
        int best = Integer.MAX_VALUE;
        var version = "";
        for (var each : List.of("2 1", "1 3", "1 2", "1 1", "3", "2", "1")) {
            for (var written : List.of("version " + each, " v" + each, " v " + each)) {
                int place = behind.indexOf(written + " ");
                if (place >= 0 && place < best) {
                    best = place;
                    version = each.length() == 1 ? each + ".0" : each.replace(' ', '.');
                }
            }
        }
        return version;
    }
}
