package dev.sartor.curate.quality;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Tells broken texts, and repairs those that can be. Safe for concurrent callers.
public final class BrokenText {
    private static final int LEAST_ESCAPES = 3;
    private static final int LEAST_TAGS = 2;

    private final Map<BrokenRule, Double> limits;

    private BrokenText(Map<BrokenRule, Double> limits) {
        this.limits = limits;
    }

    /// All rules with their usual limits.
    public static BrokenText usual() {
        var limits = new EnumMap<BrokenRule, Double>(BrokenRule.class);
        for (var rule : BrokenRule.values()) {
            limits.put(rule, rule.usualLimit());
        }
        return new BrokenText(limits);
    }

    public BrokenText with(BrokenRule rule, double limit) {
        var changed = new EnumMap<>(limits);
        changed.put(rule, limit);
        return new BrokenText(changed);
    }

    /// As for texts that are HTML, in which tags are no rest of anything.
    public BrokenText without(BrokenRule rule) {
        var changed = new EnumMap<>(limits);
        changed.remove(rule);
        return new BrokenText(changed);
    }

    /// Empty for a text that is whole. Ask of the repaired text, where there is one.
    public List<Finding> findings(String text) {
        var findings = new ArrayList<Finding>();
        var letters = Letters.of(text);
        if (letters.signs() == 0) {
            add(findings, BrokenRule.EMPTY, 1);
            return findings;
        }
        add(findings, BrokenRule.PUNCTUATION_ONLY, isWordless(text, letters) ? 1 : 0);
        add(
                findings,
                BrokenRule.REPLACEMENT_CHARACTERS,
                share(letters.replaced(), letters.signs()));
        if (limits.containsKey(BrokenRule.MOJIBAKE)) {
            add(
                    findings,
                    BrokenRule.MOJIBAKE,
                    Mojibake.repair(text).map(Mojibake.Repair::runs).orElse(0));
        }
        add(findings, BrokenRule.CONTROL_CHARACTERS, (double) letters.controls());
        add(findings, BrokenRule.BLOBS, share(Blobs.characters(text), text.length()));
        var escapes = Escapes.of(text);
        add(
                findings,
                BrokenRule.ESCAPES,
                escapes.escapes() < LEAST_ESCAPES ? 0 : share(escapes.escaped(), text.length()));
        add(
                findings,
                BrokenRule.HTML_TAGS,
                escapes.tags() < LEAST_TAGS
                        ? 0
                        : share(escapes.tags(), TextScan.of(text).wordCount()));
        add(findings, BrokenRule.BOILERPLATE, Boilerplate.share(text));
        return findings;
    }

    /// The text with UTF-8 that was misread put right and without control characters; empty where there is nothing to repair.
    public Optional<String> repaired(String text) {
        var read =
                limits.containsKey(BrokenRule.MOJIBAKE)
                        ? Mojibake.repair(text).map(Mojibake.Repair::text).orElse(text)
                        : text;
        boolean hasControls =
                limits.containsKey(BrokenRule.CONTROL_CHARACTERS)
                        && Letters.of(read).controls() > 0;
        var cleaned = hasControls ? Letters.cleaned(read) : read;
        return cleaned.equals(text) ? Optional.empty() : Optional.of(cleaned);
    }

    private void add(List<Finding> findings, BrokenRule rule, double value) {
        var limit = limits.get(rule);
        if (limit != null && value > limit) {
            findings.add(rule.finding(value, limit));
        }
    }

    /// Emoji and symbols say something, so `👍` and `€` are no punctuation.
    private static boolean isWordless(String text, Letters letters) {
        return letters.letters() == 0
                && letters.replaced() == 0
                && text.codePoints().noneMatch(BrokenText::isSymbol);
    }

    private static boolean isSymbol(int sign) {
        return switch (Character.getType(sign)) {
            case Character.OTHER_SYMBOL, Character.CURRENCY_SYMBOL, Character.MATH_SYMBOL ->
                    sign > 0x7F;
            default -> false;
        };
    }

    private static double share(long part, long whole) {
        return whole == 0 ? part : (double) part / whole;
    }
}
