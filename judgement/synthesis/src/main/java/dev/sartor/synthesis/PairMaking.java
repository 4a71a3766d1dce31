package dev.sartor.synthesis;

import dev.sartor.core.SartorException;
import dev.sartor.core.work.Cancellation;
import dev.sartor.core.work.Progress;
import dev.sartor.retrieve.text.Chunk;
import dev.sartor.synthesis.check.Checked;
import dev.sartor.synthesis.check.Claim;
import dev.sartor.synthesis.check.Pair;
import dev.sartor.synthesis.check.PairChecks;
import dev.sartor.synthesis.check.Passages;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// Makes pairs of passages until there are enough.
final class PairMaking {
    private static final int BATCH = 16;

    private final MakingRequest request;
    private final Passages passages;
    private final PairChecks checks;
    private final AskedModel model;
    private final Progress progress;
    private final Cancellation cancellation;
    private final List<Checked> kept = new ArrayList<>();
    private final List<Checked> rejected = new ArrayList<>();
    private int tries;

    PairMaking(
            MakingRequest request,
            Passages passages,
            PairChecks checks,
            AskedModel model,
            Progress progress,
            Cancellation cancellation) {
        this.request = request;
        this.passages = passages;
        this.checks = checks;
        this.model = model;
        this.progress = progress;
        this.cancellation = cancellation;
    }

    /// @param kept in the order in which they were made
    /// @param paraphrases by the number of the kept pair whose question they put otherwise
    record Made(
            List<Checked> kept,
            Map<Integer, List<Checked>> paraphrases,
            List<Checked> rejected,
            int tries,
            List<String> notes) {
        Made {
            kept = List.copyOf(kept);
            rejected = List.copyOf(rejected);
            notes = List.copyOf(notes);
        }

        /// The kept ones, each followed by its paraphrases.
        List<Checked> all() {
            var all = new ArrayList<Checked>();
            for (int i = 0; i < kept.size(); i++) {
                all.add(kept.get(i));
                all.addAll(paraphrases.getOrDefault(i, List.of()));
            }
            return all;
        }
    }

    Made make() {
        var draw = PassageDraw.of(chunks(), request.seed());
        if (draw.isEmpty()) {
            throw SartorException.user(
                    "no passage of the documents can be asked about: "
                            + String.join(" ", draw.notes()));
        }
        try (var step = progress.begin("making pairs", request.count(), "pairs")) {
            while (kept.size() < request.count() && tries < request.tries()) {
                stopIfAsked();
                int before = kept.size();
                ask(draw);
                step.advance(kept.size() - before);
                step.note(tries + " tried");
            }
        }
        var paraphrased = paraphrases();
        var notes = new ArrayList<>(draw.notes());
        if (kept.size() < request.count()) {
            notes.add(
                    kept.size()
                            + " of "
                            + request.count()
                            + " pairs were kept after "
                            + tries
                            + " tries: raise --tries, or name a larger --model.");
        }
        return new Made(kept, paraphrased, rejected, tries, notes);
    }

    private List<Chunk> chunks() {
        return IntStream.range(0, passages.size()).mapToObj(passages::chunk).toList();
    }

    private void stopIfAsked() {
        if (cancellation.isAsked()) {
            throw SartorException.stopped(
                    "stopped after " + tries + " tries: the same command goes on from there.");
        }
    }

    private void ask(PassageDraw draw) {
        int first = tries;
        int size = Math.min(BATCH, request.tries() - first);
        var turns = IntStream.range(first, first + size).mapToObj(draw::turn).toList();
        var asked = new ArrayList<AskedModel.Request>();
        for (int i = 0; i < size; i++) {
            var turn = turns.get(i);
            asked.add(
                    new AskedModel.Request(
                            "pair " + (first + i),
                            MakingPrompt.pair(passages.chunk(turn.passage()), turn.kind()),
                            passages.chunk(turn.passage()).readers(),
                            MakingPrompt.pairForm(),
                            first + i));
        }
        var replies = model.replies(asked);
        var claims = new ArrayList<Claim>();
        for (int i = 0; i < size; i++) {
            claims.add(new Claim(MakingPrompt.read(replies.get(i)), turns.get(i).passage()));
        }
        // What was asked for beyond the last pair that is wanted stays in the log.
        for (var each : checks.check(claims)) {
            if (kept.size() == request.count()) {
                return;
            }
            tries++;
            (each.fault().isPresent() ? rejected : kept).add(each);
        }
    }

    private Map<Integer, List<Checked>> paraphrases() {
        var found = new TreeMap<Integer, List<Checked>>();
        if (request.paraphrases() == 0) {
            return found;
        }
        try (var step = progress.begin("putting them otherwise", kept.size(), "questions")) {
            for (int from = 0; from < kept.size(); from += BATCH) {
                stopIfAsked();
                paraphrase(from, Math.min(kept.size(), from + BATCH), found);
                step.advance(Math.min(BATCH, kept.size() - from));
            }
        }
        return found;
    }

    private void paraphrase(int from, int to, Map<Integer, List<Checked>> found) {
        var asked = new ArrayList<AskedModel.Request>();
        for (int pair = from; pair < to; pair++) {
            for (int n = 0; n < request.paraphrases(); n++) {
                var claim = kept.get(pair).claim();
                var question = claim.pair().question();
                asked.add(
                        new AskedModel.Request(
                                "paraphrase " + n + " of " + question,
                                MakingPrompt.paraphrase(question),
                                passages.chunk(claim.passage()).readers(),
                                MakingPrompt.paraphraseForm(),
                                n));
            }
        }
        var replies = model.replies(asked);
        var claims = new ArrayList<Claim>();
        for (int i = 0; i < asked.size(); i++) {
            var original = kept.get(from + i / request.paraphrases()).claim();
            claims.add(
                    new Claim(
                            new Pair(
                                    MakingPrompt.read(replies.get(i)).question(),
                                    original.pair().answer()),
                            original.passage()));
        }
        var all = checks.checkParaphrases(claims);
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).fault().isPresent()) {
                rejected.add(all.get(i));
            } else {
                found.computeIfAbsent(from + i / request.paraphrases(), _ -> new ArrayList<>())
                        .add(all.get(i));
            }
        }
    }
}
