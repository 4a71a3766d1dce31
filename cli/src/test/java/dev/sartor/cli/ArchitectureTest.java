package dev.sartor.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The house's rules over all rooms: `cli` is the lowest and sees every other.
class ArchitectureTest {
    /// From the top down; a room may use those before it.
    private static final List<String> ROOMS =
            List.of(
                    "core",
                    "template",
                    "tensor",
                    "hub",
                    "data",
                    "documents",
                    "model",
                    "generate",
                    "evaluate",
                    "prompt",
                    "retrieve",
                    "tune",
                    "compare",
                    "serve",
                    "langchain4j",
                    "springai",
                    "cli");

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

    /// `core` is the words that all rooms share, `tensor` the operations that all models are built from.
    private static final Set<String> ALLOWED_TO_BE_OPEN = Set.of("core");

    private static final Set<String> REGEX_METHODS =
            Set.of("matches", "replaceAll", "replaceFirst", "split", "splitWithDelimiters");

    private static final JavaClasses OURS =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("dev.sartor");

    private static Map<String, List<String>> libraries() {
        var rooms = new LinkedHashMap<String, List<String>>();
        rooms.put("org.bytedeco..", List.of("tensor"));
        rooms.put("dev.failsafe..", List.of("hub"));
        rooms.put("dev.hardwood..", List.of("data"));
        rooms.put("org.apache.commons.csv..", List.of("data"));
        rooms.put("org.apache.commons.statistics..", List.of("evaluate"));
        rooms.put("org.apache.lucene..", List.of("retrieve"));
        rooms.put("org.apache.tika..", List.of("documents"));
        rooms.put("gg.jte..", List.of("compare"));
        rooms.put("io.javalin..", List.of("serve"));
        rooms.put("org.eclipse.jetty..", List.of("serve"));
        rooms.put("jakarta.servlet..", List.of("serve"));
        rooms.put("io.micrometer..", List.of("serve"));
        rooms.put("dev.langchain4j..", List.of("langchain4j"));
        rooms.put("org.springframework..", List.of("springai"));
        rooms.put("picocli..", List.of("cli"));
        rooms.put("org.jline..", List.of("cli"));
        return rooms;
    }

    @Test
    void everyRoomIsSeen() {
        assertThat(OURS)
                .extracting(JavaClass::getPackageName)
                .contains("dev.sartor.core", "dev.sartor.cli");
        assertThat(OURS)
                .extracting(JavaClass::getPackageName)
                .allSatisfy(name -> assertThat(ROOMS).contains(name.replace("dev.sartor.", "")));
    }

    @TestFactory
    Stream<DynamicTest> aRoomUsesOnlyTheRoomsAboveIt() {
        return rules(
                ROOMS.stream().filter(room -> !room.equals("cli")).toList(),
                room ->
                        noClasses()
                                .that()
                                .resideInAPackage(room(room))
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage(below(room))
                                .because("a room may use the rooms above it, never those below"));
    }

    @TestFactory
    Stream<DynamicTest> anOutsideLibraryEntersThroughOneRoom() {
        return rules(
                List.copyOf(LIBRARIES.keySet()),
                library ->
                        noClasses()
                                .that()
                                .resideOutsideOfPackages(
                                        LIBRARIES.getOrDefault(library, List.of()).stream()
                                                .map(ArchitectureTest::room)
                                                .toArray(String[]::new))
                                .should()
                                .dependOnClassesThat()
                                .resideInAPackage(library)
                                .because("replacing a library must touch one room"));
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
    /// for strangers: the forms of answers (decision 0028), and answers.
    @Test
    void onlyTheEngineAndWhatComputesForStrangersMakePlatformThreads() {
        noClasses()
                .that()
                .resideOutsideOfPackage(room("tensor"))
                .and()
                .doNotHaveFullyQualifiedName("dev.sartor.generate.FormThreads")
                .and()
                .doNotHaveFullyQualifiedName("dev.sartor.serve.Attended")
                .and()
                .doNotHaveFullyQualifiedName("dev.sartor.serve.SideBySide")
                .should()
                .callMethod(Thread.class, "ofPlatform")
                .orShould()
                .callConstructorWhere(
                        DescribedPredicate.describe(
                                "of Thread",
                                call -> call.getTargetOwner().isEquivalentTo(Thread.class)))
                .check(OURS);
    }

    /// Its matching goes back and forth: a pattern of thirty characters can take a minute over a word. Expressions that
    /// come with a request are matched by automata.
    @Test
    void formsOfAnswersAreMatchedWithoutJavasRegularExpressions() {
        noClasses()
                .that()
                .resideInAPackage(room("generate"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.util.regex..")
                .orShould()
                .callMethodWhere(
                        DescribedPredicate.describe(
                                "matches by a regular expression",
                                call ->
                                        call.getTargetOwner().isEquivalentTo(String.class)
                                                && REGEX_METHODS.contains(call.getName())))
                .check(OURS);
    }

    @Test
    void atLeastAThirdOfARoomsTypesIsItsOwnAffair() {
        var tooOpen =
                OURS.stream()
                        .filter(c ->
                                c.isTopLevelClass() && !c.getSimpleName().equals("package-info"))
                        .collect(
                                Collectors.groupingBy(
                                        c -> c.getPackageName().replace("dev.sartor.", "")))
                        .entrySet()
                        .stream()
                        .filter(room -> isTooOpen(room.getValue()))
                        .map(Map.Entry::getKey)
                        .toList();
        assertThat(tooOpen)
                .as(
                        "rooms where less than a third of the types is package-private; take a cured one off the list")
                .containsExactlyInAnyOrderElementsOf(ALLOWED_TO_BE_OPEN);
    }

    /// A room of fewer than 6 types is too small to tell.
    private static boolean isTooOpen(List<JavaClass> types) {
        var hidden =
                types.stream().filter(t -> !t.getModifiers().contains(JavaModifier.PUBLIC)).count();
        return types.size() >= 6 && 3 * hidden < types.size();
    }

    private static Stream<DynamicTest> rules(List<String> names, Function<String, ArchRule> rule) {
        return names.stream()
                .map(name ->
                        DynamicTest.dynamicTest(
                                name, () -> rule.apply(name).allowEmptyShould(true).check(OURS)));
    }

    private static String[] below(String room) {
        return ROOMS.subList(ROOMS.indexOf(room) + 1, ROOMS.size()).stream()
                .map(ArchitectureTest::room)
                .toArray(String[]::new);
    }

    private static String room(String name) {
        return "dev.sartor." + name;
    }
}
