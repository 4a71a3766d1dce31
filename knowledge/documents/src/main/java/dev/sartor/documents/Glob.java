package dev.sartor.documents;

import java.util.regex.Pattern;

/// Patterns of paths as .gitignore writes them: `*` and `?` within a name, `**` across folders, `[ab]` one of some
/// characters, `\` before a character that stands for itself.
public record Glob(Pattern pattern) {
    public static Glob of(String glob) {
        var regex = new StringBuilder();
        int i = 0;
        while (i < glob.length()) {
            char c = glob.charAt(i);
            int end = c == '[' ? glob.indexOf(']', i + 2) : -1;
            if (glob.startsWith("**/", i) && (i == 0 || glob.charAt(i - 1) == '/')) {
                regex.append("(?:.*/)?");
                i += 3;
            } else if (glob.startsWith("**", i)) {
                regex.append(".*");
                i += 2;
            } else if (end > 0) {
                regex.append(characters(glob.substring(i + 1, end)));
                i = end + 1;
            } else if (c == '\\' && i + 1 < glob.length()) {
                regex.append(Pattern.quote(glob.substring(i + 1, i + 2)));
                i += 2;
            } else {
                regex.append(
                        switch (c) {
                            case '*' -> "[^/]*";
                            case '?' -> "[^/]";
                            default -> Pattern.quote(String.valueOf(c));
                        });
                i++;
            }
        }
        return new Glob(Pattern.compile(regex.toString(), Pattern.DOTALL));
    }

    private static String characters(String inside) {
        boolean others = inside.startsWith("!") || inside.startsWith("^");
        var rest = (others ? inside.substring(1) : inside).replaceAll("([\\[\\]\\\\&^])", "\\\\$1");
        return "(?!/)[" + (others ? "^" : "") + rest + "]";
    }

    /// Whether the whole path fits.
    public boolean fits(String path) {
        return pattern.matcher(path).matches();
    }

    /// Whether the path, or a folder above it, fits.
    public boolean fitsOrHolds(String path) {
        for (int end = path.indexOf('/'); end > 0; end = path.indexOf('/', end + 1)) {
            if (fits(path.substring(0, end))) {
                return true;
            }
        }
        return fits(path);
    }
}
