package dev.sartor.retrieve;

import dev.sartor.core.Principal;
import dev.sartor.core.SartorException;
import dev.sartor.retrieve.index.LeakCases;
import dev.sartor.retrieve.index.PersistentIndex;
import dev.sartor.retrieve.search.Reranking;
import dev.sartor.retrieve.search.SearchSettings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/// Questions with conditions on what documents must be, and questions whose passages a model reads before they are shown.
public final class LeakFilters {
    private static final int ALL = 500;
    private static final List<SearchMode> MODES = List.of(SearchMode.values());

    private final PersistentIndex index;
    private final LeakTally tally;
    private final Random random;

    public LeakFilters(PersistentIndex index, LeakTally tally, Random random) {
        this.index = index;
        this.tally = tally;
        this.random = random;
    }

    public void ask(LeakJudge judge, Set<String> who) {
        var paths = List.copyOf(judge.all().keySet());
        if (paths.isEmpty()) {
            return;
        }
        var question = LeakCases.question(judge, random);
        var path = paths.get(random.nextInt(paths.size()));
        switch (random.nextInt(6)) {
            case 0 -> reranked(judge, who, question);
            case 1 -> {
                int slash = path.lastIndexOf('/');
                var about = slash > 0 && random.nextBoolean() ? path.substring(0, slash) : path;
                where(
                        judge,
                        who,
                        new Asked(
                                question,
                                "path=" + about,
                                each -> each.equals(about) || each.startsWith(about + "/")));
            }
            case 2 ->
                    where(
                            judge,
                            who,
                            new Asked(question, "path!=" + path, each -> !each.equals(path)));
            case 3 -> field(judge, who, question, path);
            case 4 -> {
                var marker = LeakShelf.marker(path);
                where(
                        judge,
                        who,
                        new Asked(
                                question,
                                LeakShelf.PART + "!=" + marker,
                                each -> !LeakShelf.marker(each).equals(marker)));
            }
            default -> {
                int number = LeakShelf.number(path);
                where(
                        judge,
                        who,
                        new Asked(
                                question,
                                LeakShelf.NUMBER + ">=" + number,
                                each -> LeakShelf.number(each) >= number));
            }
        }
    }

    /// What is read is what may be read, and as many are shown as without reading.
    private void reranked(LeakJudge judge, Set<String> who, String question) {
        var permitted = judge.permitted(who);
        var mode = MODES.get(random.nextInt(MODES.size()));
        int k = 1 + random.nextInt(8);
        int depth = 2 + random.nextInt(60);
        double weight = random.nextBoolean() ? 1 : Reranking.USUAL_WEIGHT;
        tally.judge(
                "search, reranked, " + mode,
                question,
                LeakTally.markers(permitted),
                () -> {
                    var reader = new LeakRead();
                    var settings =
                            SearchSettings.of(mode)
                                    .rerankedBy(Optional.of(new Reranking(reader, depth, weight)));
                    var found = index.search(question, k, new Principal(who), settings);
                    var missing = new ArrayList<String>();
                    LeakCases.expect(
                            found.size(), Math.min(k, LeakCases.families(permitted)), missing);
                    if (reader.texts.isEmpty() != permitted.isEmpty()) {
                        missing.add("read: " + reader.texts.size());
                    }
                    var shown = LeakCases.texts(found);
                    shown.addAll(reader.texts);
                    return new LeakTally.Outcome(shown, missing);
                });
    }

    /// @param fits what the condition says, of a path
    private record Asked(String question, String condition, Predicate<String> fits) {}

    /// All that may be read and fits is found, and nothing else counts.
    private void where(LeakJudge judge, Set<String> who, Asked asked) {
        var permitted = judge.permitted(who);
        var fitting = new TreeMap<>(permitted);
        fitting.keySet().removeIf(asked.fits().negate());
        boolean isKnown = asked.condition().startsWith("path") || !permitted.isEmpty();
        judged(
                "search, where",
                permitted,
                who,
                asked,
                isKnown ? Optional.of(fitting) : Optional.empty());
    }

    /// A field that one document has alone is known to those who may read it; to others it is none, and the fields that they
    /// are told of are those of what they may read.
    private void field(LeakJudge judge, Set<String> who, String question, String path) {
        var permitted = judge.permitted(who);
        var marker = LeakShelf.marker(path);
        var fitting = new TreeMap<>(permitted);
        fitting.keySet().removeIf(each -> !each.equals(path));
        judged(
                "search, where, a field of one document",
                permitted,
                who,
                new Asked(question, marker + "=" + marker, path::equals),
                fitting.isEmpty() ? Optional.empty() : Optional.of(fitting));
    }

    /// @param wanted empty where the field is to be refused as unknown
    private void judged(
            String kind,
            Map<String, LeakWorld.Content> permitted,
            Set<String> who,
            Asked asked,
            Optional<Map<String, LeakWorld.Content>> wanted) {
        var mode = MODES.get(random.nextInt(MODES.size()));
        var own = new HashSet<>(LeakTally.markers(permitted));
        own.addAll(LeakTally.markers(asked.condition(), asked.question()));
        tally.judge(
                kind + ", " + mode,
                asked.question(),
                wanted.isPresent() ? LeakTally.markers(permitted) : own,
                () -> {
                    var settings =
                            SearchSettings.of(mode)
                                    .where(Conditions.parsed(List.of(asked.condition())));
                    try {
                        var found =
                                index.search(asked.question(), ALL, new Principal(who), settings);
                        return new LeakTally.Outcome(
                                LeakCases.texts(found), missing(found, wanted));
                    } catch (SartorException e) {
                        boolean isRight = wanted.isEmpty() && e.kind() == SartorException.Kind.USER;
                        return new LeakTally.Outcome(
                                List.of(String.valueOf(e.getMessage())),
                                isRight ? List.of() : List.of("refused: " + e.getMessage()));
                    }
                });
    }

    private static List<String> missing(
            List<Finding> found, Optional<Map<String, LeakWorld.Content>> wanted) {
        if (wanted.isEmpty()) {
            return List.of("a field that he cannot know of was taken");
        }
        var missing = new ArrayList<String>();
        var shown = new HashSet<String>();
        found.forEach(finding -> {
            shown.add(finding.passage().document());
            shown.addAll(finding.alsoIn());
        });
        if (!shown.equals(wanted.get().keySet())) {
            missing.add(shown + " in place of " + wanted.get().keySet());
        }
        LeakCases.expect(found.size(), LeakCases.families(wanted.get()), missing);
        return missing;
    }
}
