package dev.sartor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// What Sartor is built with may be used under Sartor's licence, and THIRD-PARTY.txt says so of all of it.
class ThirdPartyTest {
    /// Each library must be offered under at least one of these; the GPL, with or without exceptions, is not among them.
    private static final Set<String> ALLOWED =
            Set.of(
                    "Apache-2.0",
                    "MIT",
                    "BSD-2-Clause",
                    "BSD-3-Clause",
                    "0BSD",
                    "EPL-2.0",
                    "EDL-1.0 (BSD-3-Clause)",
                    "MPL-1.1",
                    "CDDL-1.0",
                    "Bouncy Castle Licence (MIT)",
                    "JDOM (BSD-like)");

    /// `     (licence) (licence) Name (group:artifact:version - address)`
    private static final Pattern LICENCE = Pattern.compile("\\G ?\\(((?:[^()]|\\([^()]*\\))*)\\)");

    @Test
    void theListOfLibrariesIsThatOfTheBuild() throws IOException {
        assertThat(Checkout.file("THIRD-PARTY.txt"))
                .as(
                        "copy product/cli/target/THIRD-PARTY.txt to the root when the libraries have changed")
                .hasSameTextualContentAs(Checkout.file("product/cli/target/THIRD-PARTY.txt"));
    }

    @Test
    void everyLibraryMayBeUsedUnderALicenceThatSuitsApache() throws IOException {
        var libraries = Files.readAllLines(Checkout.file("THIRD-PARTY.txt")).stream();
        var lines = libraries.filter(line -> line.startsWith("     (")).toList();
        assertThat(lines).hasSizeGreaterThan(100);
        assertThat(lines)
                .allSatisfy(
                        line -> assertThat(licences(line)).as(line).containsAnyElementsOf(ALLOWED));
    }

    private static List<String> licences(String line) {
        var matcher = LICENCE.matcher(line.strip());
        return matcher.results().map(r -> r.group(1)).toList();
    }

    @Test
    void theLicenceIsApacheAndEveryFileThatItNamesIsThere() throws IOException {
        assertThat(Checkout.file("LICENSE"))
                .content()
                .contains("Version 2.0, January 2004", "END OF TERMS");
        assertThat(Checkout.file("NOTICE"))
                .content()
                .contains("LICENSE", "THIRD-PARTY.txt", "samples/");
    }
}
