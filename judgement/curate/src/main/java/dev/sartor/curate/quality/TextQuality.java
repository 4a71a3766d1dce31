package dev.sartor.curate.quality;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Measures a text by the rules of a profile. Safe for concurrent callers.
public final class TextQuality {
    private static final String ENGLISH = "en";

    private final QualityProfile profile;

    public TextQuality(QualityProfile profile) {
        this.profile = profile;
    }

    /// What goes past its limit, in the order of the rules; empty for a text that is good enough.
    ///
    /// @param language its code, such as `en`; where it is known and another, English stop words are not asked for
    public List<Finding> findings(String text, Optional<String> language) {
        var scan = TextScan.of(text);
        boolean isRepetitionAsked = scan.wordCount() >= profile.repetitionFrom();
        var repetition = new Repetition(isRepetitionAsked ? text : "");
        var findings = new ArrayList<Finding>();
        for (var rule : QualityRule.values()) {
            var range = profile.of(rule);
            if (range.isEmpty()
                    || (rule.isOfRepetition() && !isRepetitionAsked)
                    || (rule.isOfWords() && scan.isUnspaced())
                    || (rule == QualityRule.STOP_WORDS
                            && language.filter(each -> !each.equals(ENGLISH)).isPresent())) {
                continue;
            }
            double value = rule.isOfRepetition() ? repetition.value(rule) : scan.value(rule);
            if (!Double.isNaN(value) && !range.get().holds(value)) {
                findings.add(rule.finding(value, range.get()));
            }
        }
        return findings;
    }
}
