package dev.sartor.cli.serve;

import dev.sartor.cli.LeakAsker;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.core.file.Sha256;
import dev.sartor.serve.Keys;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/// Askers whose keys stand in a file that changes while the server runs, and what holds by it at the moment.
final class LeakKeys {
    private static final String BROKEN = "keys: [\n";

    private final Path file;
    private final Random random;
    private final List<LeakAsker> askers = new ArrayList<>();
    private final List<Boolean> gone = new ArrayList<>();
    private boolean isBroken;

    /// @param file where they are written
    LeakKeys(Path file, int count, Random random) {
        this.file = file;
        this.random = random;
        for (int i = 0; i < count; i++) {
            askers.add(named());
            gone.add(false);
        }
        write();
    }

    Keys followed() {
        return FollowedKeys.open(file, List.of());
    }

    private LeakAsker named() {
        var any = LeakAsker.any(random);
        while (!any.isNamed()) {
            any = LeakAsker.any(random);
        }
        return any;
    }

    static String key(int who) {
        return "the-key-of-asker-" + who;
    }

    Set<String> names(int who) {
        return askers.get(who).names();
    }

    /// The status of a request that is otherwise fine.
    int status(int who) {
        if (isBroken) {
            return 503;
        }
        return gone.get(who) ? 401 : 200;
    }

    /// Other names for somebody, a key less or one that is back, or a file that nobody can understand.
    void change() {
        int who = random.nextInt(askers.size());
        isBroken = random.nextInt(4) == 0;
        if (random.nextInt(3) == 0) {
            gone.set(who, !gone.get(who));
        } else {
            askers.set(who, named());
        }
        write();
    }

    private void write() {
        var yaml = new StringBuilder("keys:\n");
        // One that nobody asks with, as a file without keys is none.
        yaml.append("  - {sha256: ").append(Sha256.of("nobody")).append(", user: nobody}\n");
        for (int i = 0; i < askers.size(); i++) {
            if (!gone.get(i)) {
                yaml.append("  - sha256: ").append(Sha256.of(key(i))).append('\n');
                askers.get(i)
                        .user()
                        .ifPresent(user -> yaml.append("    user: ").append(user).append('\n'));
                yaml.append("    groups: [").append(String.join(", ", askers.get(i).groups()));
                yaml.append("]\n");
            }
        }
        AtomicFile.write(file, isBroken ? BROKEN : yaml.toString());
    }
}
