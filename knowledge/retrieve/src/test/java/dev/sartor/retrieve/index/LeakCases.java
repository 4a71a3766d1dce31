package dev.sartor.retrieve.index;

import dev.sartor.core.Passage;
import dev.sartor.core.Principal;
import dev.sartor.retrieve.Finding;
import dev.sartor.retrieve.HashedWords;
import dev.sartor.retrieve.LeakJudge;
import dev.sartor.retrieve.LeakTally;
import dev.sartor.retrieve.LeakWorld;
import dev.sartor.retrieve.SearchMode;
import dev.sartor.retrieve.search.PassageIndex;
import dev.sartor.retrieve.search.SearchSettings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/// Questions to an index as it stands between two runs: searches of every kind.
public final class LeakCases {
    private static final int ALL = 500;
    private static final List<SearchMode> MODES = List.of(SearchMode.values());

    private final PersistentIndex index;
    private final IndexCommits commits;
    private final HashedWords embedder;
    private final LeakTally tally;
    private final Random random;

    LeakCases(
            PersistentIndex index,
            IndexCommits commits,
            HashedWords embedder,
            LeakTally tally,
            Random random) {
        this.index = index;
        this.commits = commits;
        this.embedder = embedder;
        this.tally = tally;
        this.random = random;
    }

    /// Words of something that lies there, whoever may read it.
    public static String question(LeakJudge judge, Random random) {
        var question = new StringBuilder("kettle lamp");
        var all = List.copyOf(judge.all().values());
        for (int i = random.nextInt(3); i > 0 && !all.isEmpty(); i--) {
            var content = all.get(random.nextInt(all.size()));
            var text = content.texts().getFirst();
            question.append(' ').append(random.nextBoolean() ? content.title() : text.marker());
            question.append(" f").append(text.family()).append("a0");
        }
        return question.toString();
    }

    void ask(LeakJudge judge, Set<String> who) {
        var question = question(judge, random);
        var mode = MODES.get(random.nextInt(MODES.size()));
        switch (random.nextInt(4)) {
            case 0 -> all(judge, who, question, mode);
            case 1 -> some(judge, who, question, mode);
            case 2 -> graph(judge, who, question);
            default -> together(judge, who, question, mode);
        }
    }

    /// Everything that may be read is found, with all places where it stands.
    private void all(LeakJudge judge, Set<String> who, String question, SearchMode mode) {
        var permitted = judge.permitted(who);
        tally.judge(
                "search, all, " + mode,
                question,
                LeakTally.markers(permitted),
                () -> {
                    var found = index.search(question, ALL, new Principal(who), mode);
                    var missing = new ArrayList<String>();
                    var shown = new HashSet<String>();
                    found.forEach(finding -> {
                        shown.add(finding.passage().document());
                        shown.addAll(finding.alsoIn());
                    });
                    permitted.keySet().stream()
                            .filter(path -> !shown.contains(path))
                            .forEach(missing::add);
                    expect(found.size(), families(permitted), missing);
                    return new LeakTally.Outcome(texts(found), missing);
                });
    }

    private void some(LeakJudge judge, Set<String> who, String question, SearchMode mode) {
        int k = 1 + random.nextInt(8);
        var permitted = judge.permitted(who);
        var settings = SearchSettings.of(mode).withWholeDocument(random.nextInt(3) / 2.0);
        var chosen = random.nextInt(3) == 0 ? settings.withMmrLambda(0.7) : settings;
        tally.judge(
                "search, best k, " + mode,
                question,
                LeakTally.markers(permitted),
                () -> {
                    var found = index.search(question, k, new Principal(who), chosen);
                    var missing = new ArrayList<String>();
                    expect(found.size(), Math.min(k, families(permitted)), missing);
                    return new LeakTally.Outcome(texts(found), missing);
                });
    }

    /// The approximate search, which in a folder begins above thousands of passages, here above none.
    private void graph(LeakJudge judge, Set<String> who, String question) {
        var permitted = judge.permitted(who);
        int k = 1 + random.nextInt(50);
        tally.judge(
                "search by the graph",
                question,
                LeakTally.markers(permitted),
                () ->
                        commits.with(commit -> {
                            var search = LeakProof.byGraph(commit);
                            var inquiry = new PassageIndex.Query(question, new Principal(who));
                            var vector = embedder.embed(List.of(question)).getFirst();
                            var settings = SearchSettings.of(SearchMode.VECTOR);
                            var found = search.best(inquiry, Optional.of(vector), k, settings);
                            var missing = new ArrayList<String>();
                            expect(found.size(), Math.min(k, passages(permitted)), missing);
                            return new LeakTally.Outcome(passages(found), missing);
                        }));
    }

    /// Questions of several people at once, neighbours joined at times: each gets his own.
    private void together(LeakJudge judge, Set<String> who, String question, SearchMode mode) {
        var other = new HashSet<>(List.of("user:ben", "group:b"));
        var settings = SearchSettings.of(mode);
        boolean joins = random.nextBoolean();
        var inquiries =
                List.of(
                        new PassageIndex.Query(question, new Principal(other)),
                        new PassageIndex.Query(question, new Principal(who)));
        var permitted = judge.permitted(who);
        tally.judge(
                "searches together, " + mode,
                question,
                LeakTally.markers(permitted),
                () ->
                        commits.with(commit -> {
                            var found =
                                    commit.questions()
                                            .searchAll(
                                                    inquiries,
                                                    ALL,
                                                    joins ? settings.joiningNeighbours() : settings)
                                            .getLast();
                            var missing = new ArrayList<String>();
                            var shown =
                                    found.stream()
                                            .map(Passage::document)
                                            .collect(Collectors.toSet());
                            expect(shown.size(), permitted.size(), missing);
                            return new LeakTally.Outcome(passages(found), missing);
                        }));
    }

    public static void expect(int found, int wanted, List<String> missing) {
        if (found != wanted) {
            missing.add(found + " in place of " + wanted);
        }
    }

    public static int passages(Map<String, LeakWorld.Content> permitted) {
        return permitted.values().stream().mapToInt(content -> content.texts().size()).sum();
    }

    /// Texts of one family are shown as one.
    public static int families(Map<String, LeakWorld.Content> permitted) {
        return (int)
                permitted.values().stream()
                        .flatMap(content -> content.texts().stream())
                        .map(LeakWorld.Text::family)
                        .distinct()
                        .count();
    }

    public static List<String> texts(List<Finding> found) {
        var texts = new ArrayList<String>();
        for (var finding : found) {
            texts.addAll(passages(List.of(finding.passage())));
            texts.addAll(finding.alsoIn());
        }
        return texts;
    }

    public static List<String> passages(List<Passage> found) {
        return found.stream()
                .map(each ->
                        String.join("\n", each.id(), each.document(), each.section(), each.text()))
                .toList();
    }
}
