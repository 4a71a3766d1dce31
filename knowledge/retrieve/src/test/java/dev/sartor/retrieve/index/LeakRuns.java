package dev.sartor.retrieve.index;

import dev.sartor.core.Principal;
import dev.sartor.core.work.Cancellation;
import dev.sartor.core.work.Progress;
import dev.sartor.documents.source.DocumentSource;
import dev.sartor.retrieve.LeakJudge;
import dev.sartor.retrieve.LeakTally;
import dev.sartor.retrieve.LeakWorld;
import dev.sartor.retrieve.SearchMode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/// Questions while the index follows changed documents and rules: from other threads at any moment, and from within the
/// run, where rights that were taken back must hold already though nothing new has been read.
final class LeakRuns {
    private static final int THREADS = 2;
    private static final int LEAST = 3;
    private static final int MOST = 12;

    private final PersistentIndex index;
    private final LeakTally tally;
    private final Random random;

    LeakRuns(PersistentIndex index, LeakTally tally, Random random) {
        this.index = index;
        this.tally = tally;
        this.random = random;
    }

    /// @param before what the index holds
    /// @param asked whether other threads ask meanwhile
    void run(
            Indexer indexer, DocumentSource shelf, LeakWorld world, LeakJudge before, boolean asked)
            throws IOException {
        var after = world.judge();
        var asking =
                new AskingShelf(
                        shelf,
                        () -> {
                            for (int i = 0; i < LEAST; i++) {
                                within(before, after, world.someone());
                            }
                        });
        if (!asked) {
            indexer.run(asking, false, Progress.silent(), new Cancellation());
            return;
        }
        var isOver = new AtomicBoolean();
        var begun = new CountDownLatch(THREADS);
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < THREADS; i++) {
            var own = new Random(random.nextLong());
            var askers = List.of(world.someone(), world.someone(), world.someone());
            threads.add(
                    Thread.ofVirtual()
                            .start(() -> {
                                begun.countDown();
                                for (int n = 0; n < MOST && (n < LEAST || !isOver.get()); n++) {
                                    meanwhile(before, after, askers.get(n % 3), own, isOver);
                                }
                            }));
        }
        try {
            begun.await();
            indexer.run(asking, false, Progress.silent(), new Cancellation());
            isOver.set(true);
            for (var thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// A question that began before the run was over may meet either state, one that began later the new one alone.
    private void meanwhile(
            LeakJudge before, LeakJudge after, Set<String> who, Random own, AtomicBoolean isOver) {
        var allowed = new HashSet<>(LeakTally.markers(after.permitted(who)));
        if (!isOver.get()) {
            allowed.addAll(LeakTally.markers(before.permitted(who)));
        }
        ask("search while the index changes", before, who, allowed, own);
    }

    /// Nothing new has been read yet, and what was lost is lost: of a changed or moved document the old version is for
    /// those who might and may read it.
    private void within(LeakJudge before, LeakJudge after, Set<String> who) {
        var allowed = new HashSet<String>();
        var now = after.permitted(who);
        before.all()
                .forEach((path, content) -> {
                    boolean isSame = content.equals(after.all().get(path));
                    boolean might = before.may(who, path);
                    boolean may =
                            after.all().containsKey(path)
                                    ? now.containsKey(path)
                                    : now.containsValue(content);
                    if (may && (might || isSame)) {
                        allowed.addAll(LeakTally.markers(java.util.Map.of(path, content)));
                    }
                });
        ask("search within a run, before it reads", before, who, allowed, random);
    }

    private void ask(
            String kind, LeakJudge before, Set<String> who, Set<String> allowed, Random own) {
        var question = LeakCases.question(before, own);
        var mode = List.of(SearchMode.values()).get(own.nextInt(SearchMode.values().length));
        tally.judge(
                kind,
                question,
                allowed,
                () ->
                        new LeakTally.Outcome(
                                LeakCases.texts(
                                        index.search(question, 100, new Principal(who), mode)),
                                List.of()));
    }

    /// Asks questions before it reads what is new.
    private record AskingShelf(DocumentSource shelf, Runnable asks) implements DocumentSource {
        @Override
        public List<Listed> list() {
            return shelf.list();
        }

        @Override
        public String sha256(Listed listed) throws IOException {
            return shelf.sha256(listed);
        }

        @Override
        public List<Reading> read(List<Listed> some, Progress.Step step) {
            asks.run();
            return shelf.read(some, step);
        }

        @Override
        public void close() {
            shelf.close();
        }
    }
}
