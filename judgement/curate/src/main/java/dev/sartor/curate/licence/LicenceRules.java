package dev.sartor.curate.licence;

import java.util.List;

/// The rules that know licences, but GNU's. Of several with the same phrase the first that holds counts, so that what adds a condition
/// stands before what does not.
final class LicenceRules {
    private static final String MIT =
            "permission is hereby granted free of charge to any person obtaining a copy of this software";
    private static final String BSD =
            "redistribution and use in source and binary forms with or without modification are permitted";
    private static final String ISC =
            "modify and or distribute this software for any purpose with or without fee is hereby granted";
    private static final String OLD_ISC =
            "modify and distribute this software for any purpose with or without fee is hereby granted";

    static final List<LicenceRule> ALL =
            List.of(
                    new LicenceRule("JSON", MIT, "shall be used for good not evil"),
                    new LicenceRule("X11", MIT, "the name of the x consortium shall not be used"),
                    new LicenceRule(
                            "MIT", MIT, "permission notice shall be included in all copies"),
                    new LicenceRule("MIT-0", MIT),
                    new LicenceRule("MIT", "under the mit license"),
                    new LicenceRule("MIT", "under the terms of the mit license"),
                    new LicenceRule("MIT", "mit licensed"),
                    new LicenceRule("MIT", "license mit ", "", 800),
                    new LicenceRule("Sendmail", "sendmail license", "", 100),
                    new LicenceRule(
                            "Sleepycat",
                            BSD,
                            "accompanied by information on how to obtain complete source code"),
                    new LicenceRule("BSD-3-Clause-No-Military-License", BSD, "military"),
                    new LicenceRule("BSD-3-Clause-No-Nuclear-License", BSD, "nuclear facility"),
                    new LicenceRule(
                            "BSD-3-Clause-Clear",
                            BSD,
                            "no express or implied licenses to any party s patent rights"),
                    new LicenceRule(
                            "BSD-4-Clause",
                            BSD,
                            "all advertising materials mentioning features or use"),
                    new LicenceRule(
                            "BSD-3-Clause", BSD, "endorse or promote products derived from"),
                    new LicenceRule(
                            "BSD-2-Clause", BSD, "redistributions in binary form must reproduce"),
                    new LicenceRule("BSD-1-Clause", BSD),
                    new LicenceRule("BSD-3-Clause", "under the bsd 3 clause license"),
                    new LicenceRule("BSD-3-Clause", "under the 3 clause bsd license"),
                    new LicenceRule("BSD-2-Clause", "under the bsd 2 clause license"),
                    new LicenceRule("BSD-2-Clause", "under the 2 clause bsd license"),
                    new LicenceRule(
                            "NCSA", "university of illinois ncsa open source license", "", 800),
                    new LicenceRule("ISC", ISC, "provided that the above copyright notice"),
                    new LicenceRule("0BSD", ISC),
                    new LicenceRule("ISC", OLD_ISC, "provided that the above copyright notice"),
                    new LicenceRule("ISC", "under the isc license"),
                    new LicenceRule("Apache-2.0", "under the apache license version 2 0"),
                    new LicenceRule("Apache-2.0", "under the apache 2 0 license"),
                    new LicenceRule("ECL-2.0", "educational community license version 2 0"),
                    new LicenceRule("Apache-2.0", "apache license version 2 0"),
                    new LicenceRule("Apache-2.0", "www apache org licenses license 2 0"),
                    new LicenceRule("Apache-1.1", "the apache software license version 1 1"),
                    new LicenceRule("CPAL-1.0", "common public attribution license version 1 0"),
                    new LicenceRule("NPL-1.1", "netscape public license version 1 1"),
                    new LicenceRule("SugarCRM-1.1.3", "sugarcrm public license"),
                    new LicenceRule("MPL-2.0", "mozilla public license v 2 0"),
                    new LicenceRule("MPL-2.0", "mozilla public license version 2 0"),
                    new LicenceRule("MPL-1.1", "mozilla public license version 1 1"),
                    new LicenceRule("MPL-1.0", "mozilla public license version 1 0"),
                    new LicenceRule("EPL-2.0", "eclipse public license v 2 0"),
                    new LicenceRule("EPL-2.0", "eclipse public license v2 0"),
                    new LicenceRule("EPL-2.0", "eclipse public license version 2 0"),
                    new LicenceRule("EPL-2.0", "eclipse public license 2 0"),
                    new LicenceRule("EPL-1.0", "eclipse public license v 1 0"),
                    new LicenceRule("EPL-1.0", "eclipse public license v1 0"),
                    new LicenceRule("CPL-1.0", "common public license version 1 0"),
                    new LicenceRule(
                            "CDDL-1.1",
                            "common development and distribution license cddl version 1 1"),
                    new LicenceRule(
                            "CDDL-1.0",
                            "common development and distribution license cddl version 1 0"),
                    new LicenceRule("EUPL-1.2", "european union public licence v 1 2"),
                    new LicenceRule("EUPL-1.1", "european union public licence v 1 1"),
                    new LicenceRule("EUPL-1.0", "european union public licence v 1 0"),
                    new LicenceRule("LiLiQ-R-1.1", "licence libre du québec"),
                    new LicenceRule("CECILL-2.1", "cecill free software license agreement"),
                    new LicenceRule("OSL-3.0", "open software license v 3 0"),
                    new LicenceRule("AFL-3.0", "academic free license v 3 0"),
                    new LicenceRule(
                            "Unlicense",
                            "this is free and unencumbered software released into the public domain"),
                    new LicenceRule("CC0-1.0", "cc0 1 0 universal"),
                    new LicenceRule("BSL-1.0", "boost software license version 1 0"),
                    new LicenceRule("BUSL-1.1", "business source license 1 1"),
                    new LicenceRule(
                            "FSL-1.1-MIT",
                            "functional source license version 1 1 mit future license"),
                    new LicenceRule("FSL-1.1-ALv2", "functional source license version 1 1"),
                    new LicenceRule(
                            "Zlib", "altered source versions must be plainly marked as such"),
                    new LicenceRule("WTFPL", "do what the fuck you want to public license"),
                    new LicenceRule("Beerware", "the beer ware license"),
                    new LicenceRule("Artistic-2.0", "the artistic license 2 0"),
                    new LicenceRule("Artistic-1.0", "the artistic license"),
                    new LicenceRule(
                            "Ruby", "ruby is copyrighted free software by yukihiro matsumoto"),
                    new LicenceRule("Unicode-3.0", "unicode license v3"),
                    new LicenceRule(
                            "Unicode-DFS-2016",
                            "unicode inc license agreement data files and software"),
                    new LicenceRule("W3C", "w3c software notice and license"),
                    new LicenceRule(
                            "HPND",
                            "software and its documentation for any purpose and without fee is hereby granted"),
                    new LicenceRule(
                            "HPND",
                            "software and its documentation for any purpose is hereby granted without fee"),
                    new LicenceRule("LPPL-1.3c", "latex project public license"),
                    new LicenceRule(
                            "PostgreSQL",
                            "for any purpose without fee and without a written agreement is hereby granted"),
                    new LicenceRule("PSF-2.0", "python software foundation license version 2"),
                    new LicenceRule("PHP-3.01", "the php license version 3 01"),
                    new LicenceRule("UPL-1.0", "universal permissive license upl version 1 0"),
                    new LicenceRule("MS-PL", "microsoft public license"),
                    new LicenceRule("MS-RL", "microsoft reciprocal license"),
                    new LicenceRule("BlueOak-1.0.0", "blue oak model license version 1 0 0"),
                    new LicenceRule("Parity-7.0.0", "the parity public license 7 0 0"),
                    new LicenceRule("MulanPSL-2.0", "mulan psl v2"),
                    new LicenceRule("OFL-1.1", "sil open font license version 1 1"),
                    new LicenceRule("Community-Spec-1.0", "community specification license 1 0"),
                    new LicenceRule(
                            "CC-BY-NC-SA-4.0",
                            "attribution noncommercial sharealike 4 0 international"),
                    new LicenceRule(
                            "CC-BY-NC-ND-4.0",
                            "attribution noncommercial noderivatives 4 0 international"),
                    new LicenceRule("CC-BY-NC-4.0", "attribution noncommercial 4 0 international"),
                    new LicenceRule("CC-BY-ND-4.0", "attribution noderivatives 4 0 international"),
                    new LicenceRule("CC-BY-SA-4.0", "attribution sharealike 4 0 international"),
                    new LicenceRule("CC-BY-4.0", "attribution 4 0 international"),
                    new LicenceRule("CC-BY-SA-3.0", "attribution sharealike 3 0 unported"),
                    new LicenceRule("CC-BY-NC-3.0", "attribution noncommercial 3 0 unported"),
                    new LicenceRule("CC-BY-3.0", "attribution 3 0 unported"),
                    new LicenceRule("SSPL-1.0", "server side public license version 1"),
                    new LicenceRule("Elastic-2.0", "elastic license 2 0"),
                    new LicenceRule(
                            "PolyForm-Noncommercial-1.0.0", "polyform noncommercial license 1 0 0"),
                    new LicenceRule(
                            "LicenseRef-Proprietary",
                            "unauthorized copying of this file via any medium is strictly prohibited"),
                    new LicenceRule("LicenseRef-Proprietary", "proprietary and confidential"));

    private LicenceRules() {}
}
