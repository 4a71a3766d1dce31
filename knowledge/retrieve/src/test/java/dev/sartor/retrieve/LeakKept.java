package dev.sartor.retrieve;

import dev.sartor.core.Principal;
import dev.sartor.core.Readers;
import dev.sartor.core.work.Progress;
import dev.sartor.documents.Document;
import dev.sartor.documents.source.Documents;
import dev.sartor.retrieve.index.LeakCases;
import dev.sartor.retrieve.index.LeakProof;
import dev.sartor.retrieve.search.PassageIndex;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/// The same documents under other and other rules, each time from the folder in which made indexes are kept.
public final class LeakKept {
    private static final int QUESTIONS = 2;
    private static final int DOCUMENTS = 8;

    private record Rule(Set<String> readers, Set<String> deny) {
        boolean admits(Set<String> who) {
            return readers.stream().anyMatch(who::contains)
                    && deny.stream().noneMatch(who::contains);
        }
    }

    private final Path kept;
    private final HashedWords embedder;
    private final LeakTally tally;
    private final Random random;

    public LeakKept(Path kept, HashedWords embedder, LeakTally tally, Random random) {
        this.kept = kept;
        this.embedder = embedder;
        this.tally = tally;
        this.random = random;
    }

    public void ask(LeakWorld world, LeakJudge judge) {
        for (int time = 0; time < 2; time++) {
            var rules = new TreeMap<String, Rule>();
            var documents = new ArrayList<Document>();
            judge.all()
                    .forEach((path, content) -> {
                        if (documents.size() < DOCUMENTS) {
                            var rule = new Rule(world.someone(), world.someone());
                            rules.put(path, rule);
                            documents.add(document(path, content, rule));
                        }
                    });
            var source = Documents.of(documents);
            try (var index =
                    PassageIndex.open(
                            kept,
                            source,
                            LeakProof.SETTINGS,
                            Optional.of(embedder),
                            Progress.silent())) {
                for (int i = 0; i < QUESTIONS; i++) {
                    ask(index, permitted(judge, rules, world.someone()), judge);
                }
            }
        }
    }

    private record Asker(Set<String> who, Map<String, LeakWorld.Content> permitted) {}

    private static Asker permitted(LeakJudge judge, Map<String, Rule> rules, Set<String> who) {
        var permitted = new TreeMap<String, LeakWorld.Content>();
        rules.forEach((path, rule) -> {
            if (rule.admits(who)) {
                permitted.put(path, java.util.Objects.requireNonNull(judge.all().get(path)));
            }
        });
        return new Asker(who, permitted);
    }

    private static Document document(String path, LeakWorld.Content content, Rule rule) {
        return Document.of(
                path,
                content.title(),
                content.texts().getFirst().words(),
                Readers.anyOf(rule.readers()).and(Readers.noneOf(rule.deny())));
    }

    private void ask(PassageIndex index, Asker asker, LeakJudge judge) {
        var question = LeakCases.question(judge, random);
        var mode = List.of(SearchMode.values()).get(random.nextInt(SearchMode.values().length));
        tally.judge(
                "kept index",
                question,
                LeakTally.markers(asker.permitted()),
                () -> {
                    var principal = new Principal(asker.who());
                    var found = index.search(question, 100, principal, mode);
                    var missing = new ArrayList<String>();
                    LeakCases.expect(found.size(), asker.permitted().size(), missing);
                    return new LeakTally.Outcome(LeakCases.passages(found), missing);
                });
    }
}
