package dev.sartor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Messages name keys as the project file has them: docs/project-file.md, which is made from the records that read it,
/// against every string in the sources of all rooms.
class NamedKeysTest {
    private static final Pattern HEADING = Pattern.compile("(?m)^## (?:At the top|`(.+)`)$");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z_]+)` \\|");
    private static final Pattern STRING = Pattern.compile("\"((?:[^\"\\\\\n]|\\\\.)*)\"");

    /// A dot between two lower-case names, not in an address or a file's name.
    private static final Pattern NAMED =
            Pattern.compile("(?<![\\w./`-])([a-z_]+(?:\\.[a-z_]+)+)(?![\\w./(])");

    private static final Pattern FAILPOINT = Pattern.compile("Failpoints\\.\\w+\\(\"[^\"]*\"\\)");
    private static final Pattern FILE =
            Pattern.compile(
                    ".*\\.(json|jsonl|html|md|yaml|csv|safetensors|css|js|part|\\w*norm|weight)");

    private final Set<String> keys = keys();

    @Test
    void everyKeyThatAMessageNamesIsOneOfTheProjectFile() throws IOException {
        var wrong = new ArrayList<String>();
        try (var files = Files.walk(Checkout.root())) {
            for (var file : files.filter(NamedKeysTest::isSource).toList()) {
                var text = FAILPOINT.matcher(Files.readString(file)).replaceAll("");
                for (var named : named(text)) {
                    if (!keys.contains(named)) {
                        wrong.add(Checkout.root().relativize(file) + ": " + named);
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(keys)
                .contains("retrieval.chunk_tokens", "tune.search.space.rank", "trainings.fim_rate");
    }

    private Set<String> named(String source) {
        var found = new TreeSet<String>();
        var strings = STRING.matcher(source);
        while (strings.find()) {
            var names = NAMED.matcher(strings.group(1));
            while (names.find()) {
                var name = names.group(1);
                boolean isAlone = name.equals(strings.group(1));
                if (!FILE.matcher(name).matches()
                        && (isOfASection(name)
                                || (isAlone && isRefused(source, strings.start())))) {
                    found.add(name);
                }
            }
        }
        return found;
    }

    /// `retrieve` is the room's name, and no section.
    private boolean isOfASection(String name) {
        var section = name.substring(0, name.indexOf('.') + 1);
        return section.equals("retrieve.")
                || keys.stream().anyMatch(key -> key.startsWith(section));
    }

    /// Whether the string is near enough behind a refusal's name to be the setting that it refuses.
    private static boolean isRefused(String source, int at) {
        return source.substring(Math.max(0, at - 200), at).contains("refuseUnless(");
    }

    private static boolean isSource(Path file) {
        var path = file.toString();
        return path.contains("/src/main/java/") && path.endsWith(".java");
    }

    /// With the sections before them, lists like what they hold: `trainings.fim_rate`.
    private static Set<String> keys() {
        String text;
        try {
            text = Files.readString(Checkout.file("docs/project-file.md"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        var keys = new TreeSet<String>();
        var headings = HEADING.matcher(text);
        int from = -1;
        String section = "";
        while (from < text.length()) {
            boolean more = headings.find();
            if (from >= 0) {
                var rows =
                        ROW.matcher(text.substring(from, more ? headings.start() : text.length()));
                while (rows.find()) {
                    keys.add((section + rows.group(1)).replace("[]", ""));
                }
            }
            if (!more) {
                return keys;
            }
            section = headings.group(1) == null ? "" : headings.group(1) + ".";
            from = headings.end();
        }
        return keys;
    }
}
