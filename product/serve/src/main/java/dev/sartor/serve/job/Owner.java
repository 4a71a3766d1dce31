package dev.sartor.serve.job;

import dev.sartor.core.Principal;
import dev.sartor.core.Problems;
import dev.sartor.core.file.Sha256;
import java.util.List;

/// Whose files and jobs are: a tenant's, or a user's who is in none. Users of different tenants may have the same name.
///
/// @param name as it is stored, such as `tenant:acme`
public record Owner(String name) {
    private static final String TENANT = "tenant:";
    private static final String USER = "user:";
    private static final int LONGEST_NAME = 250;
    private static final int LONGEST_LABEL = 40;

    public Owner {
        Problems.refuseUnless(
                !name.isBlank(), "an owner", "a name", name, "take it from a principal");
    }

    /// Of somebody with neither tenant nor user, all of his names together.
    public static Owner of(Principal principal) {
        var names = principal.sorted();
        var tenants = beginning(names, TENANT);
        if (!tenants.isEmpty()) {
            return named(tenants);
        }
        var users = beginning(names, USER);
        return named(users.isEmpty() ? names : users);
    }

    private static Owner named(List<String> names) {
        var name = String.join("\n", names);
        return new Owner(name.length() <= LONGEST_NAME ? name : "sha256:" + Sha256.of(name));
    }

    private static List<String> beginning(List<String> names, String kind) {
        return names.stream().filter(name -> name.startsWith(kind)).toList();
    }

    /// As a part of a model's name: letters, digits and . _ - alone.
    public String label() {
        var plain = name.replaceFirst("^[a-z]+:", "").replaceAll("[^A-Za-z0-9._-]", "-");
        return plain.substring(0, Math.min(LONGEST_LABEL, plain.length()));
    }
}
