package dev.sartor.curate.secret;

import dev.sartor.curate.span.Overlaps;
import dev.sartor.curate.span.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Finds secrets in a text: one pass finds the rules' keywords (Aho–Corasick), and a rule looks where its keyword stands, no further
/// than a bounded number of chars, with expressions that do not backtrack (RE2). So the time is proportional to the text's length
/// whatever stands there. Thread-safe.
public final class SecretScanner {
    /// A rule of one issuer goes before those that know a name alone; then the longer, then the earlier.
    private static final Comparator<SecretFinding> PRECEDENCE =
            Comparator.<SecretFinding, Boolean>comparing(
                            each -> GenericAssignment.isGeneric(each.rule()))
                    .thenComparing(Comparator.comparingInt(Span::length).reversed())
                    .thenComparingInt(SecretFinding::start)
                    .thenComparing(SecretFinding::rule);

    private final List<Detector> detectors = new ArrayList<>();
    private final Keywords keywords;

    public SecretScanner() {
        var words = new ArrayList<String>();
        for (var rule : SecretRules.read()) {
            for (var word : rule.keywords()) {
                words.add(word);
                detectors.add(rule);
            }
        }
        keywords = new Keywords(words);
    }

    /// In the order of the text, none overlapping another.
    public List<SecretFinding> scan(String text) {
        var found = new ArrayList<SecretFinding>();
        keywords.find(
                text, (word, start, end) -> detectors.get(word).look(text, start, end, found::add));
        return Overlaps.resolved(found, PRECEDENCE);
    }

    /// The text with `[SECRET_github-pat]`, the rule that found it, in the place of each secret.
    ///
    /// @param findings in the order of the text, none overlapping another
    public static String redact(String text, List<SecretFinding> findings) {
        var redacted = new StringBuilder(text.length());
        int from = 0;
        for (var each : findings) {
            redacted.append(text, from, each.start()).append("[SECRET_" + each.rule() + "]");
            from = each.end();
        }
        return redacted.append(text, from, text.length()).toString();
    }
}
