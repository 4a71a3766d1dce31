package dev.sartor.documents.parse;

import dev.sartor.documents.HiddenText;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Comments of HTML, which nobody sees.
public final class Comments {
    private static final String BEGIN = "<!--";
    private static final String END = "-->";
    private static final Pattern FENCE = Pattern.compile(" {0,3}(`{3,}|~{3,}).*");

    /// An element that a Markdown text hides by itself.
    private static final Pattern HIDDEN =
            Pattern.compile(
                    "<(\\w+)\\b[^>]*(?:\\shidden\\b|style\\s*=\\s*[\"'][^\"'>]*(?:display\\s*:\\s*none|visibility\\s*:\\s*hidden))[^>]*>.*?</\\1\\s*>",
                    Pattern.CASE_INSENSITIVE);

    private Comments() {}

    /// @param lines without comments and hidden elements
    record Removed(List<String> lines, HiddenText hidden) {}

    /// Takes comments out of Markdown, but not out of its code. One without an end reaches to the end of the text, as in
    /// CommonMark.
    static Removed from(List<String> lines, Deadline deadline) {
        var kept = new ArrayList<String>();
        int comments = 0;
        int elements = 0;
        var fence = "";
        boolean isInside = false;
        for (var line : lines) {
            var mark = FENCE.matcher(line);
            if (!isInside && mark.matches()) {
                boolean closes = !fence.isEmpty() && mark.group(1).startsWith(fence);
                fence = fence.isEmpty() ? mark.group(1) : closes ? "" : fence;
            }
            if (!fence.isEmpty()) {
                kept.add(line);
                continue;
            }
            var shown = new StringBuilder();
            int at = 0;
            while (at < line.length()) {
                int next = line.indexOf(isInside ? END : BEGIN, at);
                if (!isInside) {
                    shown.append(line, at, next < 0 ? line.length() : next);
                    comments += next < 0 ? 0 : 1;
                }
                isInside = next < 0 == isInside;
                at = next < 0 ? line.length() : next + (isInside ? BEGIN : END).length();
            }
            var hidden = HIDDEN.matcher(deadline.timed(shown));
            elements += (int) hidden.results().count();
            kept.add(hidden.replaceAll(""));
        }
        return new Removed(kept, new HiddenText(0, elements, comments));
    }

    /// How many an HTML file has. Reading it leaves them out already.
    public static int count(Path html) throws IOException {
        int count = 0;
        int matched = 0;
        try (var bytes = new BufferedInputStream(Files.newInputStream(html))) {
            for (int next = bytes.read(); next >= 0; next = bytes.read()) {
                if (next == BEGIN.charAt(matched)) {
                    matched++;
                } else {
                    matched = next == BEGIN.charAt(0) ? 1 : 0;
                }
                if (matched == BEGIN.length()) {
                    count++;
                    matched = 0;
                }
            }
        }
        return count;
    }
}
