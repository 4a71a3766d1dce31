package dev.sartor.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Each rule of the house finds the class that breaks it, in a tiny house that stands in the tests.
class HouseTest {
    private static final JavaClasses BROKEN = new ClassFileImporter().importPackages("violations");

    private static final House HOUSE =
            new House(
                    "violations",
                    List.of(List.of("base"), List.of("upper", "side")),
                    List.of("extra"));

    @Test
    void aRoomThatUsesAHigherFloorIsFound() {
        assertBroken(HOUSE.floorRule("base"), "Upward");
    }

    @Test
    void aRoomThatDependsOnWhatStandsBesideTheHouseIsFound() {
        assertBroken(HOUSE.floorRule("base"), "Leaning");
    }

    @Test
    void aHiddenPackageThatAnotherRoomUsesIsFoundAndADoorMayBeUsed() {
        assertThat(HOUSE.usesPastDoors(BROKEN))
                .containsExactly("violations.side.PastTheDoor uses violations.upper.hidden.Hidden");
    }

    @Test
    void packagesThatUseEachOtherAreFound() {
        assertBroken(HOUSE.cycleRules().getLast(), "circle.one");
    }

    @Test
    void roomsThatUseEachOtherAreFound() {
        // seen from above, `circle` is a house of two rooms
        assertBroken(
                new House("violations.circle", List.of(), List.of()).cycleRules().getFirst(),
                "one");
    }

    @Test
    void aFifthDoorIsFound() {
        assertThat(HOUSE.roomsWithTooManyDoors(BROKEN)).containsExactly("doors");
    }

    @Test
    void aRoomThatHidesNothingIsFound() {
        assertThat(HOUSE.roomsThatHideTooLittle(BROKEN)).containsExactly("glass");
    }

    @Test
    void aPackageOfTooManyFilesIsFound() {
        var ownTests =
                new ClassFileImporter().importPackages("dev.sartor.core", "java.util.function");
        assertThat(new House("java", List.of(), List.of()).packagesWithTooManyFiles(ownTests))
                .singleElement()
                .asString()
                .startsWith("java.util.function has 4");
    }

    @Test
    void aLibraryThatEntersThroughASecondRoomIsFound() {
        assertBroken(HOUSE.libraryRule("org.slf4j..", List.of("base")), "Uninvited");
    }

    @Test
    void javasRegularExpressionsAreFoundInAnyForm() {
        assertBroken(HOUSE.noRegexRule("regex"), "Backtracking");
        assertBroken(HOUSE.noRegexRule("regex"), "Split");
    }

    @Test
    void aRuleThatMatchesNothingFails() {
        assertThatThrownBy(() -> HOUSE.floorRule("nowhere").check(BROKEN))
                .hasMessageContaining("failed to check any classes");
    }

    private static void assertBroken(ArchRule rule, String by) {
        assertThat(rule.evaluate(BROKEN).getFailureReport().getDetails())
                .anyMatch(line -> line.contains(by));
    }
}
