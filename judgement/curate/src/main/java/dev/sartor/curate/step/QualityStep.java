package dev.sartor.curate.step;

import dev.sartor.curate.quality.CommonLines;
import dev.sartor.curate.quality.Finding;
import dev.sartor.curate.quality.QualityProfile;
import dev.sartor.curate.quality.TextQuality;
import dev.sartor.project.curation.StepName;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// Removes rows whose text goes past a limit of the profile. Of documents, lines that stand in more than a tenth of them are taken out
/// first: headers, footers and banners that no list knows.
record QualityStep(QualityProfile profile) implements Step {
    @Override
    public StepName name() {
        return StepName.QUALITY;
    }

    @Override
    public SequencedMap<String, Object> settings() {
        var settings = new LinkedHashMap<String, Object>();
        settings.put("profile", profile.name());
        return settings;
    }

    @Override
    public void run(StepRows rows, Decisions decisions, StepWork work) {
        var quality = new TextQuality(profile);
        var common =
                profile.equals(QualityProfile.DOCUMENTS)
                        ? Optional.of(
                                CommonLines.of(
                                        rows.size(),
                                        rows::text,
                                        CommonLines.USUAL_SHARE,
                                        work.progress()))
                        : Optional.<CommonLines>empty();
        Blocks.inOrder(
                "quality",
                rows.references(),
                rows,
                row -> look(rows, row, quality, common),
                (row, looked) -> {
                    if (looked.why().isPresent()) {
                        var why = looked.why().get();
                        var details = new LinkedHashMap<String, Object>();
                        details.put("said", why.said());
                        decisions.remove(
                                row, "goes past the limit of " + why.rule(), why.value(), details);
                    } else if (!looked.bare().changed().isEmpty()) {
                        decisions.change(
                                row,
                                looked.bare().fields(),
                                looked.bare().changed(),
                                looked.bare().kinds());
                    }
                },
                work);
        common.ifPresent(each ->
                decisions.note(
                        each.count()
                                + " lines stand in more than a tenth of the documents, and were taken out."));
    }

    /// @param bare the row without common lines
    /// @param why the row goes; empty where it stays
    private record Looked(Redaction.Redacted bare, Optional<Finding> why) {}

    private static Looked look(
            StepRows rows, int row, TextQuality quality, Optional<CommonLines> common) {
        var why = common.flatMap(each -> each.finding(rows.text(row)));
        var bare = Redaction.of(rows, row, (text, kinds) -> without(text, kinds, common));
        return new Looked(
                bare,
                why.or(() ->
                        quality
                                .findings(rows.columns().text(bare.fields()), Optional.empty())
                                .stream()
                                .findFirst()));
    }

    private static String without(
            String text, Map<String, Integer> kinds, Optional<CommonLines> common) {
        var other = common.flatMap(each -> each.without(text));
        other.ifPresent(_ -> kinds.merge(CommonLines.RULE, 1, Integer::sum));
        return other.orElse(text);
    }
}
