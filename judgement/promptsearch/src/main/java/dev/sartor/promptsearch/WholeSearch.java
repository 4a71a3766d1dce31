package dev.sartor.promptsearch;

import dev.sartor.compare.approach.Circumstances;
import dev.sartor.compare.approach.TaskExamples;
import dev.sartor.core.Readers;
import dev.sartor.core.Split;
import dev.sartor.evaluate.Metric;
import dev.sartor.evaluate.PairedComparison;
import dev.sartor.evaluate.Scores;
import dev.sartor.project.setting.Metrics;
import dev.sartor.project.setting.TaskSettings;
import dev.sartor.prompt.version.PromptVersion;
import dev.sartor.prompt.version.PromptVersions;
import dev.sartor.promptsearch.answer.Answers;
import dev.sartor.promptsearch.answer.CallLog;
import dev.sartor.promptsearch.answer.PromptedModel;
import dev.sartor.promptsearch.answer.Proposer;
import dev.sartor.promptsearch.answer.SearchSpace;
import dev.sartor.promptsearch.budget.Cost;
import dev.sartor.promptsearch.budget.Ledger;
import dev.sartor.promptsearch.budget.SearchBudget;
import dev.sartor.promptsearch.proposal.DraftSource;
import dev.sartor.promptsearch.proposal.ExampleOrders;
import dev.sartor.promptsearch.proposal.GreedyExamples;
import dev.sartor.promptsearch.proposal.Merges;
import dev.sartor.promptsearch.proposal.RandomExamples;
import dev.sartor.promptsearch.proposal.Reflections;
import dev.sartor.promptsearch.proposal.Rewrites;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/// One search from its first answer to the version that it writes, whatever model answers.
final class WholeSearch {
    private static final int SETS_OF_EACH_COUNT = 4;
    private static final int GREEDY = 16;
    private static final int MOST_EXAMPLES = 16;
    private static final int ORDERS = 6;
    private static final int MERGES = 6;
    private static final int REFLECTIONS = 12;
    private static final int REWRITES = 5;

    private final TaskSettings settings;
    private final TaskExamples data;
    private final SearchFolder place;
    private final SearchSpace space;
    private final PromptedModel model;
    private final Optional<? extends Proposer> proposer;

    /// @param proposer empty where nobody is asked for instructions
    WholeSearch(
            TaskSettings settings,
            TaskExamples data,
            SearchFolder place,
            SearchSpace space,
            PromptedModel model,
            Optional<? extends Proposer> proposer) {
        this.settings = settings;
        this.data = data;
        this.place = place;
        this.space = space;
        this.model = model;
        this.proposer = proposer;
    }

    /// Where the version goes that is written.
    ///
    /// @param project its folder
    /// @param readers who may read all that it was chosen by
    record Kept(Path project, Readers readers) {}

    /// @param machineSecond what a second of this machine costs
    SearchResult run(
            SearchBudget budget,
            double machineSecond,
            long seed,
            Circumstances circumstances,
            Kept kept) {
        var metric = Metrics.of(data.task());
        var log = CallLog.open(place.path());
        var ledger = new Ledger(budget, log.spent(), machineSecond, circumstances.clock());
        var answers = new Answers(model, log, ledger, metric, circumstances.cancellation());
        var race = new PromptRace(data.validation(), metric, seed);
        var tree = new ProposalTree(place.path());
        var progress = circumstances.progress();
        var search = new PromptSearch(race, data.test(), answers, ledger, tree, progress);
        var found = search.run(space.first(), sources(answers, race, seed), most());
        var before = answers.predictions(found.start().prompt(), Split.VALIDATION, race.order());
        var after = answers.predictions(found.best().prompt(), Split.VALIDATION, race.order());
        var gain = PairedComparison.of(metric, after, before);
        boolean isBetter = found.best().id() != 0;
        var test = Optional.<TestGain>empty();
        var version = Optional.<String>empty();
        if (isBetter) {
            progress.say(told(metric, found));
            test = test(found, gain, answers, ledger, circumstances);
            if (test.isPresent()) {
                version = Optional.of(write(found, kept, circumstances));
            }
        }
        var spent = ledger.spent();
        var result =
                new SearchResult(
                        settings.name(),
                        place.path(),
                        tree.all(),
                        found.best().id(),
                        Scores.score(metric, before),
                        Scores.score(metric, after),
                        gain,
                        test,
                        version,
                        found.isOver() || (isBetter && test.isEmpty()),
                        budget,
                        spent,
                        ledger.money(spent));
        place.writeResult(result);
        return result;
    }

    private String told(Metric metric, PromptSearch.Found found) {
        return String.format(
                Locale.ROOT,
                "%s: %s %.3f on validation, %.3f with the prompt that the search began with",
                settings.name(),
                metric,
                found.best().score(),
                found.start().score());
    }

    private Optional<TestGain> test(
            PromptSearch.Found found,
            PairedComparison gain,
            Answers answers,
            Ledger ledger,
            Circumstances circumstances) {
        var start = found.start().prompt();
        var best = found.best().prompt();
        ledger.holdBack(Cost.NONE);
        var worst =
                answers.worst(start, Split.TEST, data.test())
                        .plus(answers.worst(best, Split.TEST, data.test()));
        if (!ledger.admits(worst)) {
            return Optional.empty(); // the test examples stay sealed
        }
        int looks =
                place.look(
                        best.key(),
                        data.digest("test").orElse(""),
                        circumstances.clock().instant());
        return new SealedTest(
                        Metrics.of(data.task()), data.test(), answers, circumstances.progress())
                .run(start, best, gain.difference(), looks);
    }

    /// The start is written as well where it is no version yet: a parent has to be there.
    private String write(PromptSearch.Found found, Kept kept, Circumstances circumstances) {
        var versions = PromptVersions.of(kept.project(), settings.name());
        var now = circumstances.clock().instant();
        var start =
                versions.write(
                        new PromptVersion(
                                settings.content(),
                                Optional.empty(),
                                Optional.of("what a search began with"),
                                now));
        var best = space.content(found.best().prompt()).withReaders(kept.readers());
        return versions.write(
                        new PromptVersion(
                                best,
                                Optional.of(start.id()),
                                Optional.of("found by the search " + place.path().getFileName()),
                                now))
                .id();
    }

    private List<DraftSource> sources(Answers answers, PromptRace race, long seed) {
        var task = data.task();
        var train = data.train();
        var sources = new ArrayList<DraftSource>();
        sources.add(new Rewrites(task, train));
        sources.add(new RandomExamples(train, counts(), SETS_OF_EACH_COUNT, seed));
        proposer.ifPresent(each ->
                sources.add(new Reflections(task, train, answers, each, REFLECTIONS, seed)));
        sources.add(new GreedyExamples(train, race.order(), MOST_EXAMPLES, GREEDY, seed));
        sources.add(new Merges(MERGES));
        sources.add(new ExampleOrders(ORDERS, seed));
        return sources;
    }

    /// As many examples as the task's few-shot settings try, and one for each label.
    private List<Integer> counts() {
        var counts = new TreeSet<>(settings.fewShot().counts());
        int labels = data.task().labels().size();
        if (labels > 1 && labels <= MOST_EXAMPLES) {
            counts.add(labels);
        }
        return List.copyOf(counts);
    }

    private int most() {
        return REWRITES
                + counts().size() * SETS_OF_EACH_COUNT
                + (proposer.isPresent() ? REFLECTIONS : 0)
                + GREEDY
                + MERGES
                + ORDERS;
    }
}
