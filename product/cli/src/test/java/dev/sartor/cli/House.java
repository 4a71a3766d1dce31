package dev.sartor.cli;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import dev.sartor.core.Door;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The house's rules over any packages that are laid out as its rooms are: `ROOT.ROOM` and its sub-packages.
///
/// @param root such as `dev.sartor`
/// @param floors rooms by floor, the lowest first
/// @param beside rooms that nothing in the house may depend on
record House(String root, List<List<String>> floors, List<String> beside) {
    /// Files of a package, its package-info among them.
    static final int MOST_FILES = 30;

    static final int MOST_DOORS = 4;

    /// A room uses rooms on its own floor or below, and nothing depends on what stands beside.
    ArchRule floorRule(String room) {
        return ArchRuleDefinition.noClasses()
                .that()
                .resideInAPackage(inside(room))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(above(room).toArray(String[]::new))
                .because("a room uses rooms on its own floor or below");
    }

    /// The lowest floors' rooms, of which there is something above.
    List<String> roomsUnderOthers() {
        return rooms().stream().filter(room -> !above(room).isEmpty()).toList();
    }

    private List<String> above(String room) {
        var higher =
                floors.stream()
                        .skip(floor(room) + 1L)
                        .flatMap(Collection::stream)
                        .map(this::inside)
                        .collect(Collectors.toList());
        if (!beside.contains(room)) {
            beside.stream().map(this::inside).forEach(higher::add);
        }
        return higher;
    }

    private int floor(String room) {
        for (int i = 0; i < floors.size(); i++) {
            if (floors.get(i).contains(room)) {
                return i;
            }
        }
        return floors.size();
    }

    List<String> rooms() {
        return floors.stream().flatMap(Collection::stream).toList();
    }

    /// Neither rooms nor packages use each other in a circle.
    List<ArchRule> cycleRules() {
        return Stream.of(".(*)..", ".(**)")
                .<ArchRule>map(slice ->
                        SlicesRuleDefinition.slices()
                                .matching(root + slice)
                                .should()
                                .beFreeOfCycles()
                                .ignoreDependency(isPackageInfo(), DescribedPredicate.alwaysTrue()))
                .toList();
    }

    /// The marks in a package-info are no use of what they name.
    private static DescribedPredicate<JavaClass> isPackageInfo() {
        return DescribedPredicate.describe(
                "package-info", each -> each.getSimpleName().equals("package-info"));
    }

    /// What other rooms see of a room are its own package and its doors.
    List<String> usesPastDoors(JavaClasses classes) {
        return classes.stream()
                .flatMap(each -> each.getDirectDependenciesFromSelf().stream())
                .filter(use -> isOurs(use.getTargetClass()) && isOurs(use.getOriginClass()))
                .filter(use -> !room(use.getTargetClass()).equals(room(use.getOriginClass())))
                .filter(use -> !isOpen(use.getTargetClass()))
                .map(use ->
                        use.getOriginClass().getName() + " uses " + use.getTargetClass().getName())
                .distinct()
                .sorted()
                .toList();
    }

    Map<String, List<String>> doors(JavaClasses classes) {
        return packages(classes).entrySet().stream()
                .filter(each -> each.getValue().getFirst().getPackage().isAnnotatedWith(Door.class))
                .map(Map.Entry::getKey)
                .collect(Collectors.groupingBy(this::roomOf, TreeMap::new, Collectors.toList()));
    }

    List<String> roomsWithTooManyDoors(JavaClasses classes) {
        return doors(classes).entrySet().stream()
                .filter(each -> each.getValue().size() > MOST_DOORS)
                .map(Map.Entry::getKey)
                .toList();
    }

    List<String> packagesWithTooManyFiles(JavaClasses classes) {
        return packages(classes).entrySet().stream()
                .filter(each -> files(each.getValue()) > MOST_FILES)
                .map(each -> each.getKey() + " has " + files(each.getValue()))
                .toList();
    }

    private static long files(List<JavaClass> types) {
        return types.stream().filter(House::isWritten).count();
    }

    /// What templates become is not written by hand.
    private static boolean isWritten(JavaClass type) {
        return type.isTopLevelClass()
                && !(type.getSimpleName().startsWith("Jte")
                        && type.getSimpleName().endsWith("Generated"));
    }

    /// At least a third of a room's types is package-private or behind no door. A room of fewer than 6 types is too small to
    /// tell.
    List<String> roomsThatHideTooLittle(JavaClasses classes) {
        return classes.stream()
                .filter(this::isOurs)
                .filter(type -> isWritten(type) && !type.getSimpleName().equals("package-info"))
                .collect(Collectors.groupingBy(this::room, TreeMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .filter(room -> isTooOpen(room.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private boolean isTooOpen(List<JavaClass> types) {
        var hidden =
                types.stream()
                        .filter(t -> !t.getModifiers().contains(JavaModifier.PUBLIC) || !isOpen(t))
                        .count();
        return types.size() >= 6 && 3 * hidden < types.size();
    }

    private boolean isOpen(JavaClass type) {
        return type.getPackageName().equals(root + "." + room(type))
                || type.getPackage().isAnnotatedWith(Door.class);
    }

    /// Each package says in two or three sentences what belongs there; its package-info's annotations survive compilation.
    private Map<String, List<JavaClass>> packages(JavaClasses classes) {
        return classes.stream()
                .filter(this::isOurs)
                .collect(
                        Collectors.groupingBy(
                                JavaClass::getPackageName, TreeMap::new, Collectors.toList()));
    }

    /// An outside library enters through one room, or through the few that are named.
    ArchRule libraryRule(String library, Collection<String> rooms) {
        return ArchRuleDefinition.noClasses()
                .that()
                .resideOutsideOfPackages(rooms.stream().map(this::inside).toArray(String[]::new))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .because("replacing a library must touch one room");
    }

    /// java.util.regex looks at a text again and again; a hostile expression keeps it busy for minutes.
    ArchRule noRegexRule(String room) {
        var methods =
                Set.of("matches", "replaceAll", "replaceFirst", "split", "splitWithDelimiters");
        return ArchRuleDefinition.noClasses()
                .that()
                .resideInAPackage(inside(room))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.util.regex..")
                .orShould()
                .callMethodWhere(
                        DescribedPredicate.describe(
                                "matches by a regular expression",
                                call ->
                                        call.getTargetOwner().isEquivalentTo(String.class)
                                                && methods.contains(call.getName())));
    }

    String inside(String room) {
        return root + "." + room + "..";
    }

    private boolean isOurs(JavaClass type) {
        return type.getPackageName().startsWith(root + ".");
    }

    private String room(JavaClass type) {
        return roomOf(type.getPackageName());
    }

    private String roomOf(String name) {
        var tail = name.substring(root.length() + 1);
        return tail.contains(".") ? tail.substring(0, tail.indexOf('.')) : tail;
    }
}
