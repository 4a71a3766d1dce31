package dev.sartor.curate.step;

import dev.sartor.curate.quality.ToxicWords;
import dev.sartor.project.curation.StepName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// Removes rows of which too many words stand on the list of insults and obscenities.
///
/// @param most the largest share of a row's words
/// @param languages whose lists count: a word of one language may be an insult in another
record ToxicityStep(double most, List<String> languages) implements Step {
    @Override
    public StepName name() {
        return StepName.TOXICITY;
    }

    @Override
    public SequencedMap<String, Object> settings() {
        var settings = new LinkedHashMap<String, Object>();
        settings.put("most", most);
        settings.put("languages", languages);
        return settings;
    }

    @Override
    public void run(StepRows rows, Decisions decisions, StepWork work) {
        var words = ToxicWords.in(languages);
        Blocks.inOrder(
                "toxicity",
                rows.references(),
                rows,
                row -> words.finding(rows.text(row), most),
                (row, found) ->
                        found.ifPresent(finding -> {
                            var details = new LinkedHashMap<String, Object>();
                            details.put("said", finding.said());
                            decisions.remove(
                                    row,
                                    "has many words of the list of insults and obscenities",
                                    finding.value(),
                                    details);
                        }),
                work);
        decisions.note(
                "by the lists of "
                        + String.join(", ", languages)
                        + ": a list of words knows no context: quotations and what a group says of itself count, other spellings do not.");
    }
}
