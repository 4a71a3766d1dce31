package dev.sartor.curate.code;

import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// What a source file says that it needs, as its language writes it, in the form of paths: `a/b` for a package or module,
/// `./b` where it is said from the file's own folder, `a/b/` for all of a package. No parser: lines that look like imports, also within a comment. The
/// patterns take time in proportion to the text.
final class ImportRules {
    /// Of one file, so that a generated one does not take for ever.
    private static final int MOST = 2000;

    private static final String PATH = "\"([^\"\\n]{1,300})\"";
    private static final String QUOTED = "[\"'`]([^\"'`\\n]{1,300})[\"'`]";

    /// How one language names what is imported.
    ///
    /// @param pattern its first group is what is named, its second, where it has one, names within it
    /// @param separator between the parts of a name; a path's where it is one already
    private record Rule(Pattern pattern, char separator) {
        static Rule dotted(String pattern) {
            return new Rule(Pattern.compile(pattern, Pattern.MULTILINE), '.');
        }

        static Rule path(String pattern) {
            return new Rule(Pattern.compile(pattern, Pattern.MULTILINE), '/');
        }
    }

    private static final List<Rule> JVM =
            List.of(Rule.dotted("^[ \\t]*import[ \\t]+(?:static[ \\t]+)?([\\w.]{1,300})"));
    private static final List<Rule> PYTHON =
            List.of(
                    Rule.dotted(
                            "^[ \\t]*from[ \\t]+([\\w.]{1,300})[ \\t]+import[ \\t]+\\(?([\\w, \\t]{1,500})"),
                    Rule.dotted("^[ \\t]*import[ \\t]+([\\w.]{1,300})"));
    private static final List<Rule> SCRIPT =
            List.of(
                    Rule.path("\\bfrom[ \\t]*" + QUOTED),
                    Rule.path("^[ \\t]*import[ \\t]*" + QUOTED),
                    Rule.path("\\b(?:require|import)\\([ \\t]*" + QUOTED));
    private static final List<Rule> C =
            List.of(Rule.path("^[ \\t]*#[ \\t]*include[ \\t]*[\"<]([^\">\\n]{1,300})[\">]"));
    private static final List<Rule> GO =
            List.of(
                    Rule.path("^[ \\t]*import[ \\t]+(?:[\\w.]+[ \\t]+)?" + PATH),
                    Rule.path("^[ \\t]+(?:[\\w.]+[ \\t]+)?" + PATH + "[ \\t]*$"));
    private static final List<Rule> RUST =
            List.of(
                    new Rule(
                            Pattern.compile(
                                    "^[ \\t]*(?:pub[ \\t]+)?(?:use|mod)[ \\t]+((?:\\w+::)*\\w+)",
                                    Pattern.MULTILINE),
                            ':'));
    private static final List<Rule> RUBY =
            List.of(Rule.path("^[ \\t]*require(?:_relative)?[ \\t]+" + QUOTED));
    private static final List<Rule> PHP =
            List.of(
                    Rule.path("\\b(?:require|include)(?:_once)?[ \\t(]+" + QUOTED),
                    new Rule(
                            Pattern.compile(
                                    "^[ \\t]*use[ \\t]+([\\w\\\\]{1,300})", Pattern.MULTILINE),
                            '\\'));

    private static final Map<String, List<Rule>> BY_ENDING =
            Map.ofEntries(
                    Map.entry("java", JVM),
                    Map.entry("kt", JVM),
                    Map.entry("scala", JVM),
                    Map.entry("groovy", JVM),
                    Map.entry("py", PYTHON),
                    Map.entry("js", SCRIPT),
                    Map.entry("jsx", SCRIPT),
                    Map.entry("mjs", SCRIPT),
                    Map.entry("ts", SCRIPT),
                    Map.entry("tsx", SCRIPT),
                    Map.entry("vue", SCRIPT),
                    Map.entry("c", C),
                    Map.entry("h", C),
                    Map.entry("cc", C),
                    Map.entry("cpp", C),
                    Map.entry("hpp", C),
                    Map.entry("cu", C),
                    Map.entry("go", GO),
                    Map.entry("rs", RUST),
                    Map.entry("rb", RUBY),
                    Map.entry("php", PHP));

    private ImportRules() {}

    static String ending(String path) {
        return path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    /// Endings under which what a file of this language names may lie, `""` first, where the name has one itself.
    static List<String> endings(String path) {
        var own = ending(path);
        var rules = BY_ENDING.get(own);
        return rules == null
                ? List.of()
                : Stream.concat(
                                Stream.of("", "." + own),
                                BY_ENDING.entrySet().stream()
                                        .filter(each -> each.getValue().equals(rules))
                                        .map(each -> "." + each.getKey())
                                        .sorted())
                        .distinct()
                        .toList();
    }

    /// Without repeats, in the order in which they stand.
    static List<String> names(String path, String text) {
        var names = new ArrayList<String>();
        for (var rule : BY_ENDING.getOrDefault(ending(path), List.of())) {
            var matcher = rule.pattern().matcher(text);
            while (names.size() < MOST && matcher.find()) {
                var name = asPath(matcher.group(1), rule.separator());
                names.add(name);
                if (matcher.groupCount() > 1 && matcher.group(2) != null) {
                    for (var within : matcher.group(2).split("[, \\t]+", -1)) {
                        names.add(name.endsWith("/") ? name + within : name + "/" + within);
                    }
                }
            }
        }
        return names.stream().distinct().toList();
    }

    private static String asPath(String name, char separator) {
        return switch (separator) {
            case '/' -> name;
            case ':' ->
                    name.replace("::", "/")
                            .replaceFirst("^crate/", "")
                            .replaceFirst("^self/", "./")
                            .replaceFirst("^super/", "../");
            case '.' -> dotted(name);
            default -> name.replace(separator, '/');
        };
    }

    /// Python's `.a` is beside the file, `..a` above its folder.
    private static String dotted(String name) {
        int dots = 0;
        while (dots < name.length() && name.charAt(dots) == '.') {
            dots++;
        }
        var rest = name.substring(dots).replace('.', '/'); // a.b.* becomes a/b/
        return switch (dots) {
            case 0 -> rest;
            case 1 -> "./" + rest;
            default -> "../".repeat(dots - 1) + rest;
        };
    }
}
