package dev.sartor.worth;

import dev.sartor.core.SartorException;
import dev.sartor.project.setting.ValueSettings.Input;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the candidates of a task are worth: a pure function of what became of each test example, prices and values.
///
/// @param shipped the candidate that the verdict names
/// @param runnerUp the most profitable of the others over the horizon; empty where there is no other
/// @param best the most profitable of all over the horizon, people alone and doing nothing among them
/// @param months of the horizon
/// @param inputs what is reckoned with, by the names of the project file
/// @param rows the candidates, then people alone where it is said how often they are right, then doing nothing
/// @param tornado the inputs that move something, the widest bar first
/// @param said what a reader should know, in sentences
public record Worth(
        String shipped,
        Optional<String> runnerUp,
        String best,
        String currency,
        int months,
        Map<String, Double> inputs,
        List<Row> rows,
        List<Swing> tornado,
        List<Turn> turns,
        List<String> said) {
    /// One who might answer.
    ///
    /// @param right, wrong and left are shares of all questions; 0 for doing nothing
    /// @param perAnswer what an answer brings on the mean, less what it costs
    /// @param fixedPerMonth what a month costs however many answers there are
    /// @param profitPerMonth against doing nothing, at the volume of the first month
    /// @param againstPeople that profit less the one of people alone; empty where nothing says how often they are right
    /// @param againstShipped that profit less the one of the shipped candidate, by the same test examples; candidates alone
    /// @param breakEvenVolume answers in the first month from which on the horizon earns more than nothing, what is paid once
    ///     included; empty where none does
    /// @param breakEvenVolumeAgainstPeople the same against people alone
    /// @param breakEvenMonth the first month that earns nothing less than nothing; empty where the horizon has none
    /// @param payback months until what is paid once is earned; empty where the horizon does not see it
    /// @param horizonProfit of all months together, what is paid once included
    /// @param cumulated profit at the end of each month; month 0 first
    public record Row(
            String name,
            double right,
            double wrong,
            double left,
            double perAnswer,
            double fixedPerMonth,
            Figure profitPerMonth,
            Optional<Figure> againstPeople,
            Optional<Figure> againstShipped,
            Optional<Double> breakEvenVolume,
            Optional<Double> breakEvenVolumeAgainstPeople,
            Optional<Integer> breakEvenMonth,
            Optional<Double> payback,
            Figure horizonProfit,
            List<Double> cumulated) {}

    /// @param contenders at least one; all with outcomes of the same test examples in the same order
    /// @param shipped the name of one of them
    public static Worth of(Terms terms, List<Contender> contenders, String shipped) {
        refuseUnsaidAbstentions(terms, contenders);
        var candidates = contenders.stream().map(Player.Candidate::of).toList();
        var chosen =
                candidates.stream()
                        .filter(each -> each.name().equals(shipped))
                        .findFirst()
                        .orElseThrow(() -> SartorException.defect("no candidate " + shipped));
        var byProfit =
                Comparator.comparingDouble((Player each) -> -each.gain(terms).horizon(terms));
        var runnerUp = candidates.stream().filter(each -> !each.equals(chosen)).min(byProfit);
        var players = new ArrayList<Player>(List.of(chosen));
        candidates.stream().filter(each -> !each.equals(chosen)).forEach(players::add);
        terms.people().ifPresent(_ -> players.add(new Player.People()));
        players.add(new Player.Nobody());
        var best = players.stream().min(byProfit).orElseThrow();
        var rows = new Rows(terms, chosen).of(contenders);
        var tornado = new Tornado(terms, chosen, runnerUp);
        var scored = new ArrayList<>(List.of(chosen));
        runnerUp.ifPresent(scored::add);
        var turns = new Turns(terms, players, best).of(scored);
        var swings = tornado.swings();
        return new Worth(
                shipped,
                runnerUp.map(Player::name),
                best.name(),
                terms.currency(),
                terms.months(),
                inputs(terms),
                rows,
                swings,
                turns,
                new Sentences(terms, rows, swings).of(chosen, runnerUp, best, tornado));
    }

    private static void refuseUnsaidAbstentions(Terms terms, List<Contender> contenders) {
        var leaving = contenders.stream().filter(each -> each.count(Outcome.LEFT) > 0).findFirst();
        if (leaving.isPresent() && terms.bringsAbstained().isEmpty()) {
            throw SartorException.user(
                    "value.people_accuracy is missing: "
                            + leaving.get().name()
                            + " leaves "
                            + leaving.get().count(Outcome.LEFT)
                            + " of "
                            + leaving.get().outcomes().size()
                            + " test examples to people. Say how often people are right, such as 'people_accuracy: 0.95',"
                            + " or with per_abstained what such a question brings.");
        }
    }

    private static Map<String, Double> inputs(Terms terms) {
        var inputs = new LinkedHashMap<String, Double>();
        for (var input : Input.values()) {
            terms.given(input).ifPresent(value -> inputs.put(input.key(), value));
        }
        return inputs;
    }

    public Row row(String name) {
        return rows.stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
    }

    /// The answers of the first month.
    public double volume() {
        return Optional.ofNullable(inputs.get(Input.VOLUME_PER_MONTH.key())).orElseThrow();
    }

    /// Whether the row is of a candidate, and not of people alone or of doing nothing.
    public static boolean isCandidate(Row row) {
        return !row.name().equals(Player.PEOPLE) && !row.name().equals(Player.NOBODY);
    }

    /// The row of people alone; empty where nothing says how often they are right.
    public Optional<Row> people() {
        return rows.stream().filter(each -> each.name().equals(Player.PEOPLE)).findFirst();
    }
}
