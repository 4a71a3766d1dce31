package dev.sartor.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The house's rules over all rooms: `cli` is the lowest and sees every other.
class ArchitectureTest {
    private static final House HOUSE =
            new House(
                    "dev.sartor",
                    List.of(
                            List.of("core", "template", "hub"),
                            List.of(
                                    "tensor",
                                    "weights",
                                    "tokenizer",
                                    "model",
                                    "constrain",
                                    "generate",
                                    "tune"),
                            List.of("data", "documents", "retrieve", "sources"),
                            List.of(
                                    "evaluate",
                                    "classify",
                                    "curate",
                                    "judge",
                                    "prompt",
                                    "project",
                                    "remote",
                                    "worth",
                                    "privacy",
                                    "compare",
                                    "training",
                                    "promptsearch",
                                    "synthesis",
                                    "suite"),
                            List.of("serve", "state", "jobs", "telemetry", "studio", "cli")),
                    List.of("postgres", "langchain4j", "springai", "spark", "benchmarks"));

    /// An outside library's packages, and the rooms that alone may touch it.
    private static final Map<String, List<String>> LIBRARIES = libraries();

    private static final List<String> UNUSED_SUFFIXES =
            List.of(
                    "Manager",
                    "Helper",
                    "Helpers",
                    "Util",
                    "Utils",
                    "Impl",
                    "Base",
                    "Abstract",
                    "Processor",
                    "Info",
                    "Data");

    private static final JavaClasses OURS =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("dev.sartor");

    private static Map<String, List<String>> libraries() {
        var rooms = new LinkedHashMap<String, List<String>>();
        rooms.put("org.bytedeco..", List.of("tensor"));
        rooms.put("com.google.i18n.phonenumbers..", List.of("curate"));
        rooms.put("com.google.re2j..", List.of("curate"));
        rooms.put("de.bwaldvogel..", List.of("classify"));
        rooms.put("dev.failsafe..", List.of("hub"));
        rooms.put("dev.hardwood..", List.of("data"));
        rooms.put("org.apache.arrow..", List.of("data"));
        rooms.put("org.apache.commons.csv..", List.of("data"));
        rooms.put(
                "org.apache.commons.statistics..",
                List.of("evaluate", "core")); // the t quantile of a mean loss
        rooms.put("org.apache.commons.rng..", List.of("suite"));
        rooms.put("org.apache.lucene..", List.of("retrieve"));
        rooms.put("org.apache.tika..", List.of("documents"));
        rooms.put("org.eclipse.jgit..", List.of("sources"));
        rooms.put("crawlercommons..", List.of("sources"));
        rooms.put("jakarta.mail..", List.of("sources"));
        rooms.put("gg.jte..", List.of("compare", "studio"));
        rooms.put("io.javalin..", List.of("serve"));
        rooms.put("org.eclipse.jetty..", List.of("serve"));
        rooms.put("jakarta.servlet..", List.of("serve"));
        rooms.put("com.nimbusds..", List.of("serve"));
        rooms.put("io.micrometer..", List.of("serve"));
        rooms.put("io.opentelemetry..", List.of("telemetry"));
        rooms.put("org.postgresql..", List.of("postgres"));
        rooms.put("org.jdbi..", List.of("state"));
        rooms.put("org.flywaydb..", List.of("state"));
        rooms.put("org.sqlite..", List.of("state"));
        rooms.put("dev.langchain4j..", List.of("langchain4j"));
        rooms.put("org.springframework..", List.of("springai"));
        rooms.put("org.apache.spark..", List.of("spark"));
        rooms.put("org.apache.hadoop..", List.of("spark"));
        rooms.put("scala..", List.of("spark"));
        rooms.put("picocli..", List.of("cli", "benchmarks", "spark"));
        rooms.put("org.jline..", List.of("cli"));
        return rooms;
    }

    @Test
    void everyRoomIsSeen() {
        assertThat(OURS)
                .extracting(each -> each.getPackageName().split("\\.", -1)[2])
                .isSubsetOf(Stream.concat(HOUSE.rooms().stream(), HOUSE.beside().stream()).toList())
                .containsAll(HOUSE.rooms());
    }

    /// A room in the scope of tests would stand on the tests' class path and not on that of `sartor`.
    @Test
    void everyRoomComesWithTheProduct() throws IOException {
        var brought =
                Files.readAllLines(Checkout.file("product/cli/pom.xml")).stream()
                        .filter(line -> line.contains("<groupId>dev.sartor</groupId>"))
                        .filter(line -> !line.contains("<scope>"))
                        .map(line -> line.replaceAll(".*<artifactId>(.*)</artifactId>.*", "$1"))
                        .toList();
        assertThat(brought)
                .containsAll(HOUSE.rooms().stream().filter(room -> !room.equals("cli")).toList());
    }

    /// Spark's jars are larger than all of the product's: whoever asks for it brings it.
    @Test
    void theProductComesWithoutSpark() {
        var jars =
                Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                        .map(each -> String.valueOf(Path.of(each).getFileName()))
                        .toList();
        assertThat(jars)
                .noneMatch(jar -> jar.matches("(spark-|scala-|hadoop-|sartor-spark).*"))
                .anyMatch(jar -> jar.startsWith("lucene-core"));
    }

    @TestFactory
    Stream<DynamicTest> aRoomUsesRoomsOnItsOwnFloorOrBelow() {
        return HOUSE.rooms().stream()
                .map(room -> dynamicTest(room, () -> HOUSE.floorRule(room).check(OURS)));
    }

    @TestFactory
    Stream<DynamicTest> neitherRoomsNorPackagesUseEachOtherInACircle() {
        return HOUSE.cycleRules().stream()
                .map(rule -> dynamicTest(rule.getDescription(), () -> rule.check(OURS)));
    }

    @Test
    void anotherRoomIsEnteredByItsDoors() {
        assertThat(HOUSE.usesPastDoors(OURS)).isEmpty();
        assertThat(HOUSE.roomsWithTooManyDoors(OURS)).isEmpty();
    }

    @Test
    void noPackageIsCrowded() {
        assertThat(HOUSE.packagesWithTooManyFiles(OURS)).isEmpty();
    }

    /// `core` alone hides next to nothing: it is the values and ports that all rooms share.
    @Test
    void atLeastAThirdOfARoomsTypesIsHidden() {
        assertThat(HOUSE.roomsThatHideTooLittle(OURS)).containsExactly("core");
    }

    @Test
    void formsOfAnswersAreMatchedWithoutJavasRegularExpressions() {
        HOUSE.noRegexRule("constrain").check(OURS);
    }

    @TestFactory
    Stream<DynamicTest> anOutsideLibraryEntersThroughItsRoomAlone() {
        return LIBRARIES.entrySet().stream()
                .map(each ->
                        dynamicTest(
                                each.getKey(),
                                () ->
                                        HOUSE.libraryRule(each.getKey(), each.getValue())
                                                .check(OURS)));
    }

    /// A library that no line of the table names has been let in without a decision.
    @Test
    void noLibraryEntersUnnamed() {
        var known =
                Stream.concat(
                                LIBRARIES.keySet().stream(),
                                Stream.of(
                                        "java..",
                                        "javax..",
                                        "jdk..",
                                        "com.sun.management..", // exported by the JDK
                                        "dev.sartor..",
                                        "org.jspecify..",
                                        "org.slf4j..",
                                        "tools.jackson..",
                                        "com.fasterxml.jackson.annotation..",
                                        "org.snakeyaml..",
                                        "org.w3c.dom..",
                                        "org.xml.sax..",
                                        ""))
                        .toArray(String[]::new);
        classes()
                .should()
                .onlyDependOnClassesThat(
                        JavaClass.Predicates.resideInAnyPackage(known)
                                .or(
                                        DescribedPredicate.describe(
                                                "are primitive", JavaClass::isPrimitive))
                                .or(DescribedPredicate.describe("are arrays", JavaClass::isArray)))
                .check(OURS);
    }

    @Test
    void namesSayTheThingAndNotItsPattern() {
        var rule =
                classes()
                        .should(
                                ArchCondition.from(
                                        DescribedPredicate.<JavaClass>describe(
                                                "not end in one of " + UNUSED_SUFFIXES,
                                                c ->
                                                        UNUSED_SUFFIXES.stream()
                                                                .noneMatch(
                                                                        c.getSimpleName()
                                                                                ::endsWith))));
        rule.check(OURS);
    }

    @Test
    void nullDoesNotTravel() {
        var unmarked =
                OURS.stream()
                        .filter(c -> !c.getPackage().isAnnotatedWith(NullMarked.class))
                        .map(JavaClass::getName)
                        .toList();
        assertThat(unmarked).as("classes outside a @NullMarked package").isEmpty();
    }

    @Test
    void onlyTheCommandLineWritesToTheStandardStreams() {
        noClasses()
                .that()
                .resideOutsideOfPackage(room("cli"))
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(Throwable.class, "printStackTrace")
                .because(
                        "a result must come out clean for a program that reads it; log, throw, or tell a Progress")
                .check(OURS);
    }

    /// What may leave this machine is decided in one place: whoever asks a remote model asks a RemoteResponder.
    @Test
    void nobodySpeaksToARemoteModelPastWhatHoldsItsEgress() {
        var client = "dev.sartor.remote.RemoteCalls";
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("dev.sartor.remote.RemoteResponder")
                .and(
                        DescribedPredicate.not(
                                DescribedPredicate.describe(
                                        "the client itself",
                                        each -> each.getName().startsWith(client))))
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName(client)
                .check(OURS);
        HOUSE.libraryRule("java.net.http..", List.of("remote", "hub", "sources", "serve", "state"))
                .check(OURS);
    }

    /// Failpoints end it as a kill does, for proofs, where a property asks for it.
    @Test
    void onlyTheCommandLineEndsTheProcess() {
        noClasses()
                .that()
                .resideOutsideOfPackage(room("cli"))
                .and()
                .doNotHaveSimpleName("Failpoints")
                .should()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "halt", int.class)
                .check(OURS);
    }

    /// Waiting is for virtual threads. libtorch needs a platform thread, which `tensor` owns; so does what only computes
    /// for strangers: the forms of answers (decision 0028), and answers; and the thread that waits for the disk of the audit log.
    @Test
    void onlyTheEngineAndWhatComputesForStrangersMakePlatformThreads() {
        noClasses()
                .that()
                .resideOutsideOfPackage(room("tensor"))
                .and()
                .doNotHaveFullyQualifiedName("dev.sartor.constrain.FormThreads")
                .and()
                .doNotHaveFullyQualifiedName("dev.sartor.serve.http.Attended")
                .and()
                .doNotHaveFullyQualifiedName("dev.sartor.serve.openai.SideBySide")
                .and()
                .doNotHaveFullyQualifiedName("dev.sartor.state.audit.AuditFolder")
                .and()
                .doNotHaveFullyQualifiedName("dev.sartor.state.Ledger")
                .should()
                .callMethod(Thread.class, "ofPlatform")
                .orShould()
                .callConstructorWhere(
                        DescribedPredicate.describe(
                                "of Thread",
                                call -> call.getTargetOwner().isEquivalentTo(Thread.class)))
                .check(OURS);
    }

    private static String room(String name) {
        return HOUSE.inside(name);
    }
}
