package dev.sartor.state.promotion;

import dev.sartor.core.Problems;
import java.util.Optional;

/// Which versions: of a task's prompt, for the callers of one tenant or for all others.
///
/// @param project by its name, as two projects may have tasks of one name
/// @param tenant empty for those without a version of their own
public record PromptPlace(String project, String task, Optional<String> tenant) {
    private static final int LONGEST_NAME = 200;

    public PromptPlace {
        check("the project's name", project);
        check("the task's name", task);
        tenant.ifPresent(name -> check("--tenant", name));
    }

    /// Whether something could be promoted for a tenant, or in a project, of that name.
    public static boolean isName(String name) {
        return !name.isBlank()
                && name.length() <= LONGEST_NAME
                && name.equals(name.strip())
                && name.chars().noneMatch(Character::isISOControl);
    }

    private static void check(String what, String name) {
        Problems.refuseUnless(
                isName(name),
                what,
                "1 to " + LONGEST_NAME + " characters without blanks at its ends",
                name.strip().substring(0, Math.min(name.strip().length(), 40)),
                "write it as keys and sartor.yaml name it");
    }

    /// As it is stored.
    String owner() {
        return tenant.orElse("");
    }

    /// As messages say it.
    @Override
    public String toString() {
        return "task '" + task + "'" + tenant.map(name -> " of tenant " + name).orElse("");
    }
}
