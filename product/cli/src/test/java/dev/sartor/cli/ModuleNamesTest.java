package dev.sartor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Each room's artefact is a module by a name that stays, and the BOM names every artefact.
class ModuleNamesTest {
    private static final Pattern ARTIFACT = Pattern.compile("</parent>\\s*<artifactId>(.+?)<");

    private static String artefact(String module) throws IOException {
        var matcher = ARTIFACT.matcher(Files.readString(Checkout.file(module + "/pom.xml")));
        assertThat(matcher.find()).as(module).isTrue();
        return matcher.group(1);
    }

    private static List<String> modules() throws IOException {
        return Pattern.compile("<module>(.+?)</module>")
                .matcher(Files.readString(Checkout.file("pom.xml")))
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    @Test
    void everyModuleHasANameThatJavaTakes() throws IOException {
        for (var module : modules()) {
            if (module.equals("bom")) {
                continue;
            }
            var pom = Files.readString(Checkout.file(module + "/pom.xml"));
            var own = Pattern.compile("<Automatic-Module-Name>(.+?)<").matcher(pom);
            var name = own.find() ? own.group(1) : "dev.sartor." + artefact(module);
            assertThat(ModuleDescriptor.newModule(name).build().name()).isEqualTo(name);
        }
    }

    @Test
    void theBomNamesEveryArtefactThatAnApplicationMayUse() throws IOException {
        var bom = Files.readString(Checkout.file("bom/pom.xml"));
        for (var module : modules()) {
            if (!module.equals("bom") && !module.equals("benchmarks")) {
                assertThat(bom).contains("<artifactId>" + artefact(module) + "</artifactId>");
            }
        }
    }
}
