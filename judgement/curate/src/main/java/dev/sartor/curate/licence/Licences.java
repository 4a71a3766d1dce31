package dev.sartor.curate.licence;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Tells the licence of code files. Safe for concurrent callers.
public final class Licences {
    private static final String SPDX = "spdx-license-identifier:";

    /// A notice stands at a file's beginning, in characters.
    private static final int HEADER = 8_000;

    /// A licence's name and what tells it stand at its file's beginning, in characters.
    private static final int LICENCE_FILE = 64_000;

    private static final List<String> NAMES =
            List.of("license", "licence", "copying", "unlicense", "copyright");
    private static final List<String> EXTENSIONS = List.of("txt", "md", "rst", "html", "lesser");

    private final Map<String, FileLicence> byFolder;

    private Licences(Map<String, FileLicence> byFolder) {
        this.byFolder = byFolder;
    }

    /// @param texts by path, with `/` between folders; what is no licence file is left out
    public static Licences of(Map<String, String> texts) {
        var found = new TreeMap<String, List<FileLicence>>();
        for (var each : new TreeMap<>(texts).entrySet()) {
            if (isLicenceFile(each.getKey())) {
                spdx(each.getValue(), each.getKey())
                        .or(() ->
                                byText(each.getValue(), LICENCE_FILE)
                                        .map(expression ->
                                                new FileLicence(
                                                        expression,
                                                        FileLicence.Source.LICENCE_FILE,
                                                        each.getKey())))
                        .ifPresent(licence ->
                                found.computeIfAbsent(folder(each.getKey()), _ -> new ArrayList<>())
                                        .add(licence));
            }
        }
        var byFolder = new HashMap<String, FileLicence>();
        found.forEach((folder, licences) -> byFolder.put(folder, together(licences)));
        return new Licences(byFolder);
    }

    /// `LICENSE`, `COPYING.txt`, `LICENSE-MIT`, in any case.
    public static boolean isLicenceFile(String path) {
        var name = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        int dot = name.lastIndexOf('.');
        boolean hasExtension = dot > 0 && EXTENSIONS.contains(name.substring(dot + 1));
        var stem = hasExtension ? name.substring(0, dot) : name;
        return NAMES.stream()
                .anyMatch(each ->
                        stem.equals(each)
                                || ((stem.startsWith(each + "-") || stem.startsWith(each + "_"))
                                        && stem.indexOf('.') < 0)
                                || (stem.startsWith(each + "-") && stem.endsWith("2.0")));
    }

    /// What the file itself says; else what the nearest licence file up its folders says; empty where neither says anything that is
    /// known.
    public Optional<FileLicence> of(String path, String text) {
        return spdx(text, path)
                .or(() ->
                        byText(text, HEADER)
                                .map(expression ->
                                        new FileLicence(
                                                expression, FileLicence.Source.HEADER_TEXT, path)))
                .or(() -> nearest(path));
    }

    private Optional<FileLicence> nearest(String path) {
        var folder = folder(path);
        while (true) {
            var licence = byFolder.get(folder);
            if (licence != null || folder.isEmpty()) {
                return Optional.ofNullable(licence);
            }
            folder = folder(folder);
        }
    }

    private static String folder(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    /// Several licence files in one folder are a choice, as `LICENSE-MIT` beside `LICENSE-APACHE`. The text of the LGPL 3 adds to that of
    /// the GPL 3, which stands beside it.
    private static FileLicence together(List<FileLicence> licences) {
        var expressions = new ArrayList<>(licences.stream().map(FileLicence::expression).toList());
        boolean isLesser =
                expressions.stream().anyMatch(each -> each.toString().startsWith("LGPL-3.0"));
        if (isLesser) {
            expressions.removeIf(each -> each.toString().startsWith("GPL-3.0"));
        }
        return new FileLicence(
                LicenceExpression.any(expressions),
                licences.getFirst().source(),
                licences.getFirst().where());
    }

    /// Several identifiers in one file hold all together.
    private static Optional<FileLicence> spdx(String text, String path) {
        var head = text.substring(0, Math.min(HEADER, text.length()));
        var lower = head.toLowerCase(Locale.ROOT);
        var found = new ArrayList<LicenceExpression>();
        for (int at = lower.indexOf(SPDX); at >= 0; at = lower.indexOf(SPDX, at + 1)) {
            int begin = at + SPDX.length();
            int end = begin;
            while (end < head.length() && head.charAt(end) != '\n' && head.charAt(end) != '\r') {
                end++;
            }
            LicenceExpression.parse(withoutComment(head.substring(begin, end)))
                    .ifPresent(found::add);
        }
        return found.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new FileLicence(
                                LicenceExpression.all(found),
                                FileLicence.Source.SPDX_HEADER,
                                path));
    }

    /// Without what closes a comment or a string behind the expression.
    private static String withoutComment(String line) {
        int end = line.length();
        while (end > 0
                && !Character.isLetterOrDigit(line.charAt(end - 1))
                && line.charAt(end - 1) != ')'
                && line.charAt(end - 1) != '+') {
            end--;
        }
        return line.substring(0, end).strip();
    }

    private static Optional<LicenceExpression> byText(String text, int most) {
        return LicencePhrases.in(PlainText.of(text, most));
    }
}
