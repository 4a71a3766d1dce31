package dev.sartor.state;

import dev.sartor.core.Principal;
import dev.sartor.core.SartorException;
import dev.sartor.serve.Scope;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Who a key is for, and for what.
///
/// @param groups without `group:` in front
/// @param expires the moment from which the key does not hold; empty for never
public record KeyGrant(
        Optional<String> user,
        List<String> groups,
        Optional<String> tenant,
        Set<Scope> scopes,
        Optional<Instant> expires) {
    private static final int LONGEST_NAME = 200;
    private static final int MOST_GROUPS = 100;

    public KeyGrant {
        groups = groups.stream().distinct().sorted().toList();
        scopes = Set.copyOf(scopes);
        var names =
                Stream.of(user.stream(), groups.stream(), tenant.stream()).flatMap(each -> each);
        names.forEach(KeyGrant::check);
        if (user.isEmpty() && groups.isEmpty() && tenant.isEmpty()) {
            throw SartorException.user(
                    "a key must name its holder: give --user, --groups, --tenant, or several of these.");
        }
        if (groups.size() > MOST_GROUPS) {
            throw SartorException.user(
                    "--groups must be at most "
                            + MOST_GROUPS
                            + ", got "
                            + groups.size()
                            + ": make a group of groups where the rules are written.");
        }
        if (scopes.isEmpty()) {
            throw SartorException.user("--scopes must name at least one scope.");
        }
    }

    private static void check(String name) {
        if (name.isBlank()
                || name.length() > LONGEST_NAME
                || !name.equals(name.strip())
                || name.chars().anyMatch(Character::isISOControl)) {
            throw SartorException.user(
                    "the name of a user, a group or a tenant must be 1 to "
                            + LONGEST_NAME
                            + " characters without blanks at its ends, got '"
                            + name.strip().substring(0, Math.min(name.strip().length(), 40))
                            + "': write it as rules name it.");
        }
    }

    public Principal principal() {
        return Principal.of(user, groups, tenant);
    }

    KeyGrant until(Optional<Instant> end) {
        return new KeyGrant(user, groups, tenant, scopes, end);
    }
}
