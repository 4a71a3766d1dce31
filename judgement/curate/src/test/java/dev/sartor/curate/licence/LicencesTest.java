package dev.sartor.curate.licence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LicencesTest {
    private static final Licences NONE = Licences.of(Map.of());

    private static final String MIT =
            """
            MIT License

            Copyright (c) 2024 Jo Ferry

            Permission is hereby granted, free of charge, to any person obtaining a copy
            of this software and associated documentation files (the "Software"), to deal
            in the Software without restriction, including without limitation the rights
            to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
            copies of the Software, and to permit persons to whom the Software is
            furnished to do so, subject to the following conditions:

            The above copyright notice and this permission notice shall be included in all
            copies or substantial portions of the Software.
            """;

    private static final String BSD =
            """
            // Copyright 2012 Jo Ferry. All rights reserved.
            //
            // Redistribution and use in source and binary forms, with or without
            // modification, are permitted provided that the following conditions are met:
            //  1. Redistributions of source code must retain the above copyright notice.
            //  2. Redistributions in binary form must reproduce the above copyright notice.
            """;

    private static final String GPL_NOTICE =
            """
            /*
             * This program is free software; you can redistribute it and/or modify
             * it under the terms of the GNU General Public License as published by
             * the Free Software Foundation; either version 2 of the License, or
             * (at your option) any later version.
             */
            """;

    private static String of(String text) {
        return NONE.of("src/a.c", text).map(each -> each.expression().toString()).orElse("");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "// SPDX-License-Identifier: MIT                                  | MIT",
                "/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */    | GPL-2.0-only OR BSD-2-Clause",
                "# SPDX-License-Identifier: GPL-2.0+                              | GPL-2.0-or-later",
                "<!-- SPDX-License-Identifier: apache-2.0 -->                     | Apache-2.0",
                "; SPDX-License-Identifier: MIT or Apache-2.0 and (ISC OR 0BSD)   | MIT OR Apache-2.0 AND (ISC OR 0BSD)",
                "// SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note      | GPL-2.0 WITH Linux-syscall-note",
                "// SPDX-License-Identifier: LicenseRef-acme-internal             | LicenseRef-acme-internal",
                "// SPDX-License-Identifier: AND MIT                              | ''",
                "// SPDX-License-Identifier: (MIT                                 | ''",
                "// SPDX-License-Identifier:                                      | ''"
            })
    void anSpdxHeaderIsReadAsAnExpression(String line, String expression) {
        assertThat(of(line + "\nint main() {}\n")).isEqualTo(expression);
    }

    @Test
    void severalIdentifiersHoldTogether() {
        assertThat(
                        of(
                                "// SPDX-License-Identifier: MIT\n// SPDX-License-Identifier: BSD-3-Clause\n"))
                .isEqualTo("MIT AND BSD-3-Clause");
    }

    @Test
    void hostileExpressionsAreNoLicence() {
        assertThat(LicenceExpression.parse("(".repeat(900) + "MIT")).isEmpty();
        assertThat(LicenceExpression.parse("MIT OR ".repeat(100_000) + "MIT")).isEmpty();
        assertThat(LicenceExpression.parse("((MIT))")).contains(LicenceExpression.single("MIT"));
    }

    @Test
    void licenceTextsAreToldApart() {
        assertThat(of(MIT)).isEqualTo("MIT");
        assertThat(of(MIT.substring(0, MIT.indexOf("The above")))).isEqualTo("MIT-0");
        assertThat(of(BSD)).isEqualTo("BSD-2-Clause");
        assertThat(
                        of(
                                BSD
                                        + "// Neither the name of Jo nor the names of its contributors may be used to\n// endorse or promote products derived from this software.\n"))
                .isEqualTo("BSD-3-Clause");
        assertThat(
                        of(
                                "Permission to use, copy, modify, and/or distribute this software for any\npurpose with or without fee is hereby granted, provided that the above\ncopyright notice and this permission notice appear in all copies."))
                .isEqualTo("ISC");
        assertThat(
                        of(
                                "Permission to use, copy, modify, and/or distribute this software for any\npurpose with or without fee is hereby granted."))
                .isEqualTo("0BSD");
        assertThat(
                        of(
                                "                                 Apache License\n                           Version 2.0, January 2004\n"))
                .isEqualTo("Apache-2.0");
        assertThat(
                        of(
                                "# Licensed under the Apache License, Version 2.0 (the \"License\");\n# you may not use this file"))
                .isEqualTo("Apache-2.0");
        assertThat(
                        of(
                                "This Source Code Form is subject to the terms of the Mozilla Public\nLicense, v. 2.0."))
                .isEqualTo("MPL-2.0");
        assertThat(of("This is free and unencumbered software released into the public domain."))
                .isEqualTo("Unlicense");
        assertThat(of("Boost Software License - Version 1.0 - August 17th, 2003"))
                .isEqualTo("BSL-1.0");
        assertThat(of("Business Source License 1.1\n\nParameters")).isEqualTo("BUSL-1.1");
        assertThat(of("Eclipse Public License - v 2.0")).isEqualTo("EPL-2.0");
        assertThat(of("CC0 1.0 Universal")).isEqualTo("CC0-1.0");
    }

    @Test
    void gnuLicencesAreToldByNameVersionAndLaterVersions() {
        assertThat(of(GPL_NOTICE)).isEqualTo("GPL-2.0-or-later");
        assertThat(
                        of(
                                GPL_NOTICE
                                        .replace(
                                                "either version 2 of the License, or",
                                                "version 3 of the License.")
                                        .replace("(at your option) any later version.", "")))
                .isEqualTo("GPL-3.0-only");
        assertThat(
                        of(
                                GPL_NOTICE
                                        .replace("GNU General", "GNU Lesser General")
                                        .replace("version 2", "version 2.1")))
                .isEqualTo("LGPL-2.1-or-later");
        assertThat(
                        of(
                                "                    GNU GENERAL PUBLIC LICENSE\n                       Version 3, 29 June 2007\n\n Copyright (C) 2007 Free Software Foundation, Inc."))
                .isEqualTo("GPL-3.0");
        assertThat(of("GNU AFFERO GENERAL PUBLIC LICENSE\n   Version 3, 19 November 2007\n"))
                .isEqualTo("AGPL-3.0");
        assertThat(of("# This module is under the GNU General Public License.\n"))
                .isEqualTo("GPL-1.0-or-later");
    }

    @Test
    void aChoiceIsAChoice() {
        assertThat(
                        of(
                                "// Licensed under the Apache License, Version 2.0 <LICENSE-APACHE or\n// https://www.apache.org/licenses/LICENSE-2.0> or the MIT license\n// <LICENSE-MIT or https://opensource.org/licenses/MIT>, at your option.\n"))
                .isEqualTo("Apache-2.0 OR MIT");
    }

    /// As npm's abbrev has it: the second text is one licence, not also the wider one that begins alike.
    @Test
    void textsOfAChoiceAreOneLicenceEach() {
        var isc =
                "This software is dual-licensed under the ISC and MIT licenses.\nPermission to use, copy, modify, and/or distribute this"
                        + " software for any\npurpose with or without fee is hereby granted, provided that the above\ncopyright notice"
                        + " and this permission notice appear in all copies.\n\n";
        assertThat(of(isc + MIT)).isEqualTo("ISC OR MIT");
    }

    @Test
    void whatCouldBeMistakenForAPermissiveLicenceIsNot() {
        assertThat(of(MIT + "The Software shall be used for Good, not Evil.\n")).isEqualTo("JSON");
        assertThat(of("# Functional Source License, Version 1.1, MIT Future License\n\n" + MIT))
                .isEqualTo("FSL-1.1-MIT");
        assertThat(
                        of(
                                BSD
                                        + "// 3. Redistributions in any form must be accompanied by information on how to\n// obtain complete source"
                                        + " code for the software.\n"))
                .isEqualTo("Sleepycat");
        for (var id :
                new String[] {
                    "JSON", "FSL-1.1-MIT", "Sleepycat", "BSD-3-Clause-No-Nuclear-License"
                }) {
            assertThat(LicenceExpression.single(id).kind())
                    .as(id)
                    .isNotEqualTo(LicenceKind.PERMISSIVE);
        }
    }

    @Test
    void theFirstLicenceOfAFileIsItsOwn() {
        assertThat(
                        of(
                                "Apache License\nVersion 2.0, January 2004\n\nThis product bundles left-pad, which is under the following:\n"
                                        + MIT))
                .isEqualTo("Apache-2.0");
    }

    @Test
    void theNearestLicenceFileUpTheFoldersCounts() {
        var files = new LinkedHashMap<String, String>();
        files.put("LICENSE", MIT);
        files.put("vendor/gnu/COPYING", "GNU GENERAL PUBLIC LICENSE\nVersion 3, 29 June 2007");
        files.put("vendor/gnu/README", "Boost Software License - Version 1.0");
        files.put("rusty/LICENSE-MIT", MIT);
        files.put("rusty/LICENSE-APACHE", "Apache License\nVersion 2.0, January 2004");
        files.put("lesser/COPYING", "GNU GENERAL PUBLIC LICENSE\nVersion 3, 29 June 2007");
        files.put(
                "lesser/COPYING.LESSER",
                "GNU LESSER GENERAL PUBLIC LICENSE\nVersion 3, 29 June 2007");
        var licences = Licences.of(files);
        var top = licences.of("src/deep/down/a.py", "print(1)").orElseThrow();
        assertThat(top.expression().toString()).isEqualTo("MIT");
        assertThat(top.source()).isEqualTo(FileLicence.Source.LICENCE_FILE);
        assertThat(top.where()).isEqualTo("LICENSE");
        assertThat(
                        licences.of("vendor/gnu/src/b.c", "int b;")
                                .orElseThrow()
                                .expression()
                                .toString())
                .isEqualTo("GPL-3.0");
        assertThat(
                        licences.of("rusty/src/lib.rs", "fn main() {}")
                                .orElseThrow()
                                .expression()
                                .toString())
                .isEqualTo("Apache-2.0 OR MIT");
        assertThat(licences.of("lesser/a.c", "int a;").orElseThrow().expression().toString())
                .isEqualTo("LGPL-3.0");
        assertThat(
                        licences.of("vendor/gnu/c.c", "// SPDX-License-Identifier: ISC\n")
                                .orElseThrow()
                                .source())
                .isEqualTo(FileLicence.Source.SPDX_HEADER);
        assertThat(NONE.of("a.py", "print('no licence')")).isEmpty();
    }

    @Test
    void licenceFilesAreToldByTheirNames() {
        for (var path :
                new String[] {
                    "LICENSE",
                    "a/licence.md",
                    "COPYING.LESSER",
                    "LICENSE-APACHE-2.0",
                    "UNLICENSE",
                    "LICENSE_MIT.txt"
                }) {
            assertThat(Licences.isLicenceFile(path)).as(path).isTrue();
        }
        for (var path :
                new String[] {"license.py", "license-checker.js", "README", "src/licensed/a.c"}) {
            assertThat(Licences.isLicenceFile(path)).as(path).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "MIT, PERMISSIVE",
        "MPL-2.0, WEAK_COPYLEFT",
        "GPL-3.0-or-later, COPYLEFT",
        "BUSL-1.1, RESTRICTED",
        "LicenseRef-acme, UNKNOWN",
        "MIT OR GPL-2.0-only, PERMISSIVE",
        "MIT AND GPL-2.0-only, COPYLEFT",
        "Apache-2.0 WITH LLVM-exception, PERMISSIVE",
        "GPL-2.0-only WITH Classpath-exception-2.0, COPYLEFT",
        "MIT AND LicenseRef-acme, UNKNOWN"
    })
    void anExpressionIsAsFreeAsItsChoiceAndAsStrictAsItsSum(String expression, LicenceKind kind) {
        assertThat(LicenceExpression.parse(expression).orElseThrow().kind()).isEqualTo(kind);
    }

    @Test
    void aHugeFileIsReadByItsBeginning() {
        assertThat(of("x".repeat(20_000_000))).isEmpty();
        assertThat(of("// SPDX-License-Identifier: ".repeat(500_000))).isEmpty();
    }
}
