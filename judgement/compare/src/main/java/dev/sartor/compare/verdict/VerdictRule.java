package dev.sartor.compare.verdict;

import dev.sartor.compare.run.Figures;
import dev.sartor.compare.run.Judged;
import dev.sartor.compare.verdict.Verdict.Undecided;
import dev.sartor.core.SartorException;
import dev.sartor.core.Task;
import dev.sartor.evaluate.PairedComparison;
import dev.sartor.evaluate.statistics.SampleSize;
import dev.sartor.project.setting.Costs;
import dev.sartor.project.setting.Metrics;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Names the cheapest candidate that is good enough. Good enough: the target is met, and against every other candidate the paired
/// simultaneous interval of (this − other) lies above −margin, whichever of them is truly the best. That an interval reaches below it
/// proves nothing either way.
final class VerdictRule {
    private static final double POWER = 0.8;

    private final Task task;
    private final List<Measured> byCost;
    private final List<Baseline> baselines;

    /// By the names of both candidates, each way round.
    private final Map<String, Map<String, Pairing>> pairings;

    private final Costs costs;
    private final boolean isPrecise;
    private final Measured best;

    VerdictRule(
            Task task,
            List<Measured> candidates,
            List<Baseline> baselines,
            List<Pairing> pairings,
            Costs costs) {
        this.task = task;
        this.baselines = baselines;
        this.pairings = eachWay(pairings);
        this.costs = costs;
        var precise = candidates.stream().filter(VerdictRule::isPrecise).toList();
        this.isPrecise = !precise.isEmpty();
        this.byCost =
                (isPrecise ? precise : candidates)
                        .stream().sorted(Comparator.comparingDouble(this::price)).toList();
        // Of two that score the same, the cheaper is the best: max keeps the first of equals.
        this.best =
                byCost.stream()
                        .max(Comparator.comparingDouble(each -> each.score().value()))
                        .orElseThrow(() -> SartorException.defect("a verdict without candidates"));
    }

    Verdict verdict() {
        if (!isPrecise) {
            return new Verdict.NothingMeetsTarget(best.name(), nothingIsPrecise());
        }
        if (!meetsTarget(best)) {
            return new Verdict.NothingMeetsTarget(best.name(), nothingMeets());
        }
        var goodEnough = byCost.stream().filter(this::isGoodEnough).toList();
        if (!goodEnough.isEmpty() && isBeatenByBest(goodEnough.getFirst())) {
            return bestMayBeBeaten();
        }
        if (goodEnough.isEmpty() && unbeaten(best).isPresent()) {
            return new Verdict.NotShownUsable(best.name(), notShown());
        }
        if (goodEnough.isEmpty()) {
            return undecidedBelow(best)
                    .map(this::bestIsTheSafeChoice)
                    .orElseGet(this::bestMayBeBeaten);
        }
        var winner = goodEnough.getFirst();
        var open = undecidedBelow(winner);
        if (winner.equals(best) && open.isPresent()) {
            return bestIsTheSafeChoice(open.orElseThrow());
        }
        return new Verdict.Ship(
                winner.name(),
                quality(winner) + " " + price(winner, goodEnough),
                goodEnough.stream().map(Measured::name).toList(),
                BreakEven.of(winner, goodEnough, costs.volumePerMonth()),
                open);
    }

    Measured best() {
        return best;
    }

    boolean isGoodEnough(Measured candidate) {
        return meetsTarget(candidate)
                && isPrecise(candidate)
                && unbeaten(candidate).isEmpty()
                && rivals(candidate).isEmpty();
    }

    /// Whether its answers are right as often as the task asks for, where it does.
    private static boolean isPrecise(Measured candidate) {
        return candidate.abstained().map(Abstained::isPrecise).orElse(true);
    }

    private String nothingIsPrecise() {
        var said = best.abstained().orElseThrow();
        return "No candidate's answers are right as often as "
                + Figures.percent(said.chosen().precision())
                + ". Of those of "
                + best.name()
                + ", which scores best, "
                + said.precision()
                        .map(share ->
                                Figures.percent(share.value())
                                        + " are right, and it gives "
                                        + Figures.percent(said.coverage().value())
                                        + " of them")
                        .orElse("it gives none")
                + ". More or better training examples, more validation examples to calibrate on, another model or a lower"
                + " precision would change that.";
    }

    /// Those that may be better by more than the margin, for all that the test set shows.
    private List<Measured> rivals(Measured candidate) {
        return byCost.stream()
                .filter(other -> !other.equals(candidate))
                .filter(other -> pair(candidate, other).simultaneous().low() <= -task.margin())
                .toList();
    }

    /// Whether the best costs no more, and yet another may still be better than it by more than the margin.
    private boolean isBeatenByBest(Measured candidate) {
        return !rivals(best).isEmpty() && price(best) <= price(candidate);
    }

    private Verdict bestIsTheSafeChoice(Undecided open) {
        return new Verdict.TooSmallToTell(best.name(), tooSmall(open), open);
    }

    private Verdict bestMayBeBeaten() {
        var rivals = rivals(best);
        var open =
                new Undecided(
                        rivals.stream().map(Measured::name).toList(),
                        rivals.stream().mapToInt(each -> needed(best, each)).max().orElseThrow());
        var why =
                best.name()
                        + " scores best, "
                        + scored(best)
                        + ", but "
                        + String.join(" and ", open.candidates())
                        + " may still be better by more than "
                        + Figures.plainPoints(task.margin())
                        + " points: "
                        + best.answers().size()
                        + " test examples are too few to tell. About "
                        + open.needed()
                        + " would be enough.";
        return new Verdict.TooSmallToTell(best.name(), why, open);
    }

    /// The first baseline that the candidate is not shown to beat. A target says what is enough, and baselines do not matter.
    private Optional<Baseline> unbeaten(Measured candidate) {
        return task.target().isPresent()
                ? Optional.empty()
                : baselines.stream()
                        .filter(each -> against(candidate, each).low() <= 0)
                        .findFirst();
    }

    private PairedComparison against(Measured candidate, Baseline baseline) {
        return Judged.of(List.of(candidate.judged(), baseline.judged()))
                .map(by ->
                        by.compare(
                                candidate.judged().orElseThrow().scores(),
                                baseline.judged().orElseThrow().scores()))
                .orElseGet(() ->
                        PairedComparison.ofTrainings(
                                Metrics.of(task),
                                candidate.trainings(),
                                List.of(baseline.predictions())));
    }

    private boolean meetsTarget(Measured candidate) {
        return task.target().map(target -> candidate.score().value() >= target).orElse(true);
    }

    /// Cheaper than the winner, on target, and neither shown to be good enough nor shown to be worse.
    private Optional<Undecided> undecidedBelow(Measured winner) {
        var open =
                byCost.stream()
                        .takeWhile(each -> !each.equals(winner))
                        .filter(this::meetsTarget)
                        .filter(each -> againstBest(each).high() >= -task.margin())
                        .toList();
        return open.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Undecided(
                                open.stream().map(Measured::name).toList(),
                                open.stream()
                                        .mapToInt(each -> needed(each, best))
                                        .max()
                                        .orElseThrow()));
    }

    /// By the pair's own disagreement. Where that says that there are enough already (the two may truly differ), half as
    /// many again.
    private int needed(Measured candidate, Measured other) {
        int n = candidate.answers().size();
        double error = Pairing.simultaneousError(byCost.size());
        double apart = TestSizes.disagreement(candidate, other);
        int needed = SampleSize.needed(task.margin(), apart, POWER, error);
        return Math.max(
                TestSizes.times(TestSizes.designEffect(candidate, other), needed), n + n / 2);
    }

    private PairedComparison againstBest(Measured candidate) {
        return pair(candidate, best).comparison();
    }

    private Pairing pair(Measured candidate, Measured other) {
        return Optional.ofNullable(
                        pairings.getOrDefault(candidate.name(), Map.of()).get(other.name()))
                .orElseThrow(
                        () -> SartorException.defect("an unpaired candidate: " + candidate.name()));
    }

    private static Map<String, Map<String, Pairing>> eachWay(List<Pairing> pairings) {
        var byNames = new HashMap<String, Map<String, Pairing>>();
        for (var pair : pairings) {
            byNames.computeIfAbsent(pair.first(), _ -> new HashMap<>()).put(pair.second(), pair);
            byNames.computeIfAbsent(pair.second(), _ -> new HashMap<>())
                    .put(pair.first(), pair.from(pair.second()));
        }
        return byNames;
    }

    private double price(Measured candidate) {
        return candidate.cost().perThousand(costs.volumePerMonth());
    }

    private String nothingMeets() {
        return "The best candidate, "
                + best.name()
                + ", scores "
                + scored(best)
                + ", and the target is "
                + Figures.score(task.target().orElse(0.0))
                + ". More or better training examples, another model or a lower target would change"
                + " that; a larger test set would not.";
    }

    private String notShown() {
        var baseline = unbeaten(best).orElseThrow();
        var pair = against(best, baseline);
        return "The best candidate, "
                + best.name()
                + ", scores "
                + scored(best)
                + " and is not shown to beat "
                + baseline.name()
                + " ("
                + baseline.means()
                + ": "
                + Figures.score(baseline.score().value())
                + "): the difference is "
                + Figures.points(pair.difference())
                + " points ["
                + Figures.points(pair.low())
                + ", "
                + Figures.points(pair.high())
                + "]. More or better training examples or another model would change that, or more test"
                + " examples, where the difference is real; a 'target' says what is enough whatever a"
                + " baseline scores.";
    }

    private String tooSmall(Undecided open) {
        return String.join(" and ", open.candidates())
                + (open.candidates().size() == 1 ? " costs" : " cost")
                + " less than "
                + best.name()
                + " and may be within "
                + Figures.plainPoints(task.margin())
                + " points of it, but "
                + best.answers().size()
                + " test examples are too few to tell. About "
                + open.needed()
                + " would be enough; until then "
                + best.name()
                + ", which scores "
                + scored(best)
                + ", is the safe choice.";
    }

    private String quality(Measured winner) {
        if (winner.equals(best)) {
            return winner.name() + " scores best: " + scored(winner) + ".";
        }
        var pair = againstBest(winner);
        return winner.name()
                + " scores "
                + scored(winner)
                + ", shown to be less than "
                + Figures.plainPoints(task.margin())
                + " points below the best, "
                + best.name()
                + " ("
                + Figures.score(best.score().value())
                + "): the difference is "
                + Figures.points(pair.difference())
                + " points ["
                + Figures.points(pair.low())
                + ", "
                + Figures.points(pair.high())
                + "].";
    }

    private String price(Measured winner, List<Measured> goodEnough) {
        var cost =
                Figures.money(price(winner))
                        + " "
                        + costs.currency()
                        + " for 1,000 answers at "
                        + Figures.volume(costs.volumePerMonth())
                        + " a month";
        if (goodEnough.size() == 1) {
            return "It costs " + cost + ", and no other candidate is good enough.";
        }
        var next = goodEnough.get(1);
        return "It is the cheapest of the "
                + goodEnough.size()
                + " that are good enough: "
                + cost
                + ", where "
                + next.name()
                + ", the next, costs "
                + Figures.money(price(next))
                + ".";
    }

    private static String scored(Measured candidate) {
        var score = candidate.score();
        return Figures.score(score.value())
                + " ["
                + Figures.score(score.low())
                + ", "
                + Figures.score(score.high())
                + "]";
    }
}
