package dev.sartor.cli;

import dev.sartor.core.Principal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/// Who asks, as the command line names him.
public record LeakAsker(Optional<String> user, List<String> groups) {
    public static LeakAsker any(Random random) {
        var groups = new TreeSet<String>();
        for (int i = random.nextInt(3); i > 0; i--) {
            groups.add(LeakFolder.GROUPS.get(random.nextInt(LeakFolder.GROUPS.size())));
        }
        var user =
                random.nextInt(4) == 0
                        ? Optional.<String>empty()
                        : Optional.of(
                                LeakFolder.USERS.get(random.nextInt(LeakFolder.USERS.size())));
        return new LeakAsker(user, List.copyOf(groups));
    }

    public boolean isNamed() {
        return user.isPresent() || !groups.isEmpty();
    }

    /// Whoever is not named is the one at the keyboard.
    public Set<String> names() {
        var names = new HashSet<String>();
        user.ifPresent(name -> names.add("user:" + name));
        groups.forEach(name -> names.add("group:" + name));
        return isNamed() ? names : Principal.local().names();
    }

    List<String> options() {
        var options = new ArrayList<String>();
        user.ifPresent(name -> options.addAll(List.of("--as", name)));
        if (!groups.isEmpty()) {
            options.addAll(List.of("--groups", String.join(",", groups)));
        }
        return options;
    }
}
