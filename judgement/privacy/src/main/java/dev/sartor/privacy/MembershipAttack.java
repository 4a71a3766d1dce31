package dev.sartor.privacy;

import dev.sartor.core.work.Progress;
import dev.sartor.evaluate.statistics.Resampling;
import dev.sartor.evaluate.statistics.RocArea;
import dev.sartor.generate.TokenLikelihoods;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/// Membership inference: how well a row's likelihoods tell rows of the training from held-out rows of the same split, by several
/// attacks, beside what texts alone tell.
///
/// @param references adapters on the same base that learned none of the rows; with fewer than two there is no likelihood ratio
record MembershipAttack(
        AuditedModel adapter, AuditedModel base, List<AuditedModel> references, long seed) {
    /// Fewer rows of a side show nothing.
    static final int FEWEST = 10;

    /// The share of held-out rows that may be taken for members.
    static final double FALSE_ALARMS = 0.01;

    /// A row under all models.
    record Scored(
            String text,
            TokenLikelihoods adapter,
            TokenLikelihoods base,
            List<TokenLikelihoods> references) {}

    /// @param members as many as held-out rows, or nearly
    record Sides(List<AuditRow> members, List<AuditRow> heldOut) {}

    /// Empty where there is no time, or there are too few rows of a side.
    ///
    /// @param notes to which is added what was left out
    Optional<AuditReport.MembershipResult> run(
            Sides rows, Deadline deadline, Progress progress, List<String> notes) {
        var members = new ArrayList<Scored>();
        var heldOut = new ArrayList<Scored>();
        int most = Math.max(rows.members().size(), rows.heldOut().size());
        int all = rows.members().size() + rows.heldOut().size();
        try (var step = progress.begin("membership", all, "rows")) {
            // By turns, so that a cut leaves as many of each side.
            for (int i = 0; i < most; i++) {
                if (deadline.isOver()) {
                    notes.add(
                            (members.size() + heldOut.size())
                                    + " of "
                                    + all
                                    + " rows were scored for membership in the time that was given.");
                    break;
                }
                if (i < rows.members().size()) {
                    members.add(scored(rows.members().get(i)));
                    step.advance(1);
                }
                if (i < rows.heldOut().size()) {
                    heldOut.add(scored(rows.heldOut().get(i)));
                    step.advance(1);
                }
            }
        }
        return result(members, heldOut, notes);
    }

    private Scored scored(AuditRow row) {
        return new Scored(
                row.text(),
                adapter.tokens(row),
                base.tokens(row),
                references.stream().map(model -> model.tokens(row)).toList());
    }

    /// From likelihoods that are known.
    Optional<AuditReport.MembershipResult> result(
            List<Scored> members, List<Scored> heldOut, List<String> notes) {
        if (Math.min(members.size(), heldOut.size()) < FEWEST) {
            notes.add(
                    "Membership was not inferred: it takes "
                            + FEWEST
                            + " rows of the training and as many held-out ones, and there are "
                            + members.size()
                            + " and "
                            + heldOut.size()
                            + ".");
            return Optional.empty();
        }
        var attacks = new ArrayList<AuditReport.AttackResult>();
        attacks.add(attack("loss", members, heldOut, row -> MembershipScores.loss(row.adapter())));
        attacks.add(
                attack(
                        "loss ratio",
                        members,
                        heldOut,
                        row -> MembershipScores.ratio(row.adapter(), row.base())));
        attacks.add(
                attack(
                        "Min-K%++",
                        members, heldOut, row -> MembershipScores.minKPlusPlus(row.adapter())));
        if (references.size() >= 2) {
            double deviation =
                    MembershipScores.pooledDeviation(
                            Stream.concat(members.stream(), heldOut.stream())
                                    .map(Scored::references)
                                    .toList());
            attacks.add(
                    attack(
                            "LiRA",
                            members,
                            heldOut,
                            row ->
                                    MembershipScores.likelihoodRatio(
                                            row.adapter(), row.references(), deviation)));
        }
        var blind = BlindBaseline.of(texts(members), texts(heldOut), seed);
        return Optional.of(
                new AuditReport.MembershipResult(
                        members.size(), heldOut.size(), attacks, blind, blind.low() <= 0.5));
    }

    private static List<String> texts(List<Scored> rows) {
        return rows.stream().map(Scored::text).toList();
    }

    private static AuditReport.AttackResult attack(
            String name,
            List<Scored> members,
            List<Scored> heldOut,
            ToDoubleFunction<Scored> score) {
        var in = members.stream().mapToDouble(score).toArray();
        var out = heldOut.stream().mapToDouble(score).toArray();
        return new AuditReport.AttackResult(
                name,
                Estimate.of(RocArea.of(in, out), RocArea.interval(in, out)),
                truePositives(in, out),
                RocArea.p(in, out));
    }

    /// With the percentile bootstrap's interval over rows of both sides together.
    private static Estimate truePositives(double[] in, double[] out) {
        var interval =
                Resampling.bootstrap(
                        in.length + out.length,
                        rows -> {
                            var drawnIn = Arrays.stream(rows).filter(i -> i < in.length);
                            var drawnOut = Arrays.stream(rows).filter(i -> i >= in.length);
                            return share(
                                    drawnIn.mapToDouble(i -> in[i]).toArray(),
                                    drawnOut.mapToDouble(i -> out[i - in.length]).toArray());
                        },
                        Resampling.seeded());
        return Estimate.of(RocArea.truePositives(in, out, FALSE_ALARMS), interval);
    }

    private static double share(double[] in, double[] out) {
        return in.length == 0 || out.length == 0 ? 0 : RocArea.truePositives(in, out, FALSE_ALARMS);
    }
}
