package dev.sartor.cli.judge;

import dev.sartor.compare.ProjectJudge.Match;
import dev.sartor.compare.run.Judged;
import dev.sartor.compare.run.Run;
import dev.sartor.evaluate.statistics.Interval;
import dev.sartor.judge.Agreement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What the commands print with `--json`.
final class JudgeJson {
    private JudgeJson() {}

    static Map<String, Object> of(Judged.By by) {
        var found = by.agreement();
        var fields = new LinkedHashMap<String, Object>();
        fields.put("model", by.name());
        fields.put("digest", by.digest());
        fields.put("pairs", found.pairs());
        fields.put("judgements", found.judgements());
        fields.put("contradicted", found.contradicted());
        fields.put("kappa", found.kappa());
        fields.put("kappa_interval", ends(found.kappaInterval()));
        fields.put("min_kappa", by.floors().minKappa());
        fields.put("position_bias", found.positionBias());
        fields.put("position_bias_interval", ends(found.biasInterval()));
        fields.put("max_position_bias", by.floors().maxPositionBias());
        fields.put("retest", found.steadiness());
        fields.put("retest_interval", ends(found.steadinessInterval()));
        fields.put("factor", factor(found));
        fields.put("unreadable", found.unreadable());
        fields.put("cut", found.cut());
        fields.put("refused", by.isRefused());
        fields.put("refusals", by.refusals());
        return fields;
    }

    static Map<String, Object> of(Run first, Run second, Match match) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("first", first.id());
        fields.put("second", second.id());
        fields.put("win_rate", match.winRate().value());
        fields.put("low", match.winRate().low());
        fields.put("high", match.winRate().high());
        fields.put("as_judged", match.judged());
        fields.put("better", match.better());
        fields.put("ties", match.ties());
        fields.put("worse", match.worse());
        fields.put("shows_references", match.showsReferences());
        fields.put("judge", of(match.by()));
        return fields;
    }

    /// How far the judge goes along with people where they see a difference; 0 where they see none.
    static double factor(Agreement found) {
        return found.agreements().stream().mapToDouble(Double::doubleValue).average().orElse(0);
    }

    private static List<Double> ends(Interval interval) {
        return List.of(interval.low(), interval.high());
    }
}
