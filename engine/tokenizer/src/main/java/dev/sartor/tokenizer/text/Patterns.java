package dev.sartor.tokenizer.text;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Patterns written for Oniguruma, the engine of HF's library, for the JVM's.
public final class Patterns {
    private static final Pattern PROPERTY = Pattern.compile("\\\\([pP])\\{(\\^?)([A-Za-z_=]+)\\}");

    private Patterns() {}

    /// @throws java.util.regex.PatternSyntaxException where the JVM does not know the pattern
    public static Pattern of(String regex) {
        var translated =
                PROPERTY.matcher(regex)
                        .replaceAll(match -> Matcher.quoteReplacement(property(match)));
        return Pattern.compile(translated, Pattern.UNICODE_CHARACTER_CLASS);
    }

    private static String property(java.util.regex.MatchResult match) {
        boolean negated = match.group(1).equals("P") != match.group(2).equals("^");
        var name = match.group(3).replaceFirst("^(?i:Script|sc)=", "");
        var known = name.length() <= 2 ? name : "Is" + name; // categories, then scripts and others
        return (negated ? "\\P{" : "\\p{") + known + "}";
    }

    /// Whether the pattern says something else to the JVM than to Oniguruma.
    public static boolean isAmbiguous(String regex) {
        return regex.contains("[[:") || regex.matches(".*(?<!\\\\)(\\\\\\\\)*\\\\[hHyYKO].*");
    }
}
