package dev.sartor.curate.licence;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a licence asks of who passes the code on, from the freest to the strictest. Permissive are the licences of the Blue Oak Council's
/// list that code is commonly under, as The Stack takes them (Kocetkov et al. 2022; from version 1.1 on without MPL, EPL and LGPL).
public enum LicenceKind {
    /// Keep the notices, or not even that.
    PERMISSIVE,
    /// Changes to the licensed files stay under the licence: LGPL, MPL, EPL, CDDL.
    WEAK_COPYLEFT,
    /// What contains the code is under the licence: GPL, AGPL, EUPL.
    COPYLEFT,
    /// Use is limited: no commerce, no competing service.
    RESTRICTED,
    /// No licence that is known here.
    UNKNOWN;

    private static final List<String> FREE =
            List.of(
                    "0BSD",
                    "AFL-2.1",
                    "AFL-3.0",
                    "Apache-1.1",
                    "Apache-2.0",
                    "Artistic-2.0",
                    "Beerware",
                    "BlueOak-1.0.0",
                    "BSD-1-Clause",
                    "BSD-2-Clause",
                    "BSD-2-Clause-Patent",
                    "BSD-2-Clause-Views",
                    "BSD-3-Clause",
                    "BSD-3-Clause-Attribution",
                    "BSD-3-Clause-Clear",
                    "BSD-3-Clause-LBNL",
                    "BSD-3-Clause-Modification",
                    "BSD-4-Clause",
                    "BSD-4-Clause-UC",
                    "BSD-Source-Code",
                    "BSL-1.0",
                    "bzip2-1.0.6",
                    "CC-BY-3.0",
                    "CC-BY-4.0",
                    "CC0-1.0",
                    "CNRI-Python",
                    "curl",
                    "ECL-2.0",
                    "EFL-2.0",
                    "FTL",
                    "HPND",
                    "ICU",
                    "ISC",
                    "libpng-2.0",
                    "Libpng",
                    "libtiff",
                    "MIT",
                    "MIT-0",
                    "MIT-advertising",
                    "MIT-CMU",
                    "MIT-feh",
                    "MIT-Modern-Variant",
                    "MS-PL",
                    "MulanPSL-2.0",
                    "NCSA",
                    "OFL-1.1",
                    "OpenSSL",
                    "PHP-3.01",
                    "PostgreSQL",
                    "PSF-2.0",
                    "Python-2.0",
                    "Ruby",
                    "TCL",
                    "Unicode-3.0",
                    "Unicode-DFS-2016",
                    "Unlicense",
                    "UPL-1.0",
                    "W3C",
                    "WTFPL",
                    "X11",
                    "Xnet",
                    "Zlib",
                    "zlib-acknowledgement",
                    "ZPL-2.1");

    private static final List<String> WEAK =
            List.of(
                    "CDDL-1.0",
                    "CDDL-1.1",
                    "CPL-1.0",
                    "EPL-1.0",
                    "EPL-2.0",
                    "LGPL-2.0",
                    "LGPL-2.0-only",
                    "LGPL-2.0-or-later",
                    "LGPL-2.1",
                    "LGPL-2.1-only",
                    "LGPL-2.1-or-later",
                    "LGPL-3.0",
                    "LGPL-3.0-only",
                    "LGPL-3.0-or-later",
                    "MPL-1.0",
                    "MPL-1.1",
                    "MPL-2.0",
                    "MPL-2.0-no-copyleft-exception",
                    "MS-RL",
                    "Artistic-1.0",
                    "Artistic-1.0-Perl");

    private static final List<String> STRONG =
            List.of(
                    "AGPL-1.0",
                    "AGPL-3.0",
                    "AGPL-3.0-only",
                    "AGPL-3.0-or-later",
                    "CC-BY-SA-3.0",
                    "CC-BY-SA-4.0",
                    "EUPL-1.1",
                    "EUPL-1.2",
                    "GPL-1.0",
                    "GPL-1.0-only",
                    "GPL-1.0-or-later",
                    "GPL-2.0",
                    "GPL-2.0-only",
                    "GPL-2.0-or-later",
                    "GPL-3.0",
                    "GPL-3.0-only",
                    "GPL-3.0-or-later",
                    "OSL-3.0",
                    "QPL-1.0",
                    "Sleepycat");

    private static final List<String> LIMITED =
            List.of(
                    "BUSL-1.1",
                    "CC-BY-NC-3.0",
                    "CC-BY-NC-4.0",
                    "CC-BY-NC-SA-4.0",
                    "CC-BY-NC-ND-4.0",
                    "CC-BY-ND-4.0",
                    "Elastic-2.0",
                    "LicenseRef-Proprietary",
                    "PolyForm-Noncommercial-1.0.0",
                    "SSPL-1.0");

    private static final Map<String, LicenceKind> KINDS =
            Stream.of(
                            FREE.stream().map(id -> Map.entry(id, PERMISSIVE)),
                            WEAK.stream().map(id -> Map.entry(id, WEAK_COPYLEFT)),
                            STRONG.stream().map(id -> Map.entry(id, COPYLEFT)),
                            LIMITED.stream().map(id -> Map.entry(id, RESTRICTED)))
                    .flatMap(Function.identity())
                    .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    private static final Map<String, String> SPELLED =
            KINDS.keySet().stream()
                    .collect(
                            Collectors.toUnmodifiableMap(
                                    id -> id.toLowerCase(Locale.ROOT), Function.identity()));

    static LicenceKind of(String id) {
        return KINDS.getOrDefault(canonical(id), UNKNOWN);
    }

    /// As SPDX spells it; `GPL-2.0+` is its older way to write `GPL-2.0-or-later`.
    static String canonical(String id) {
        var plain = id.endsWith("+") ? id.substring(0, id.length() - 1) + "-or-later" : id;
        var known = SPELLED.get(plain.toLowerCase(Locale.ROOT));
        if (known == null && id.endsWith("+")) { // Apache-2.0+
            var bare = SPELLED.get(id.substring(0, id.length() - 1).toLowerCase(Locale.ROOT));
            return bare == null ? id : bare;
        }
        return known == null ? id : known;
    }
}
