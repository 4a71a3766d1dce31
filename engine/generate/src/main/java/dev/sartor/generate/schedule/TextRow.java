package dev.sartor.generate.schedule;

import dev.sartor.generate.sample.RowLogits;
import dev.sartor.model.KvCachePass;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// One prompt on its way: computed piece by piece, then its choices scored, then its text said. Its scheduler alone touches
/// it, but for {@link #stop}.
public final class TextRow {
    private enum Stage {
        PROMPT,
        SCORES,
        TEXT,
        DONE
    }

    private final Prompt prompt;
    private final Optional<ChoiceScores> scores;
    private final Optional<RowText> text;
    private final RowEvents events;
    private KvCachePool.Reservation reservation = new KvCachePool.Reservation(new int[0], 0);
    private Stage stage = Stage.PROMPT;
    private int computed;
    private double seconds;
    private boolean isFailed;
    private volatile boolean isStopped;

    public TextRow(Prompt prompt, Optional<ChoiceTree> choices, RowEvents events) {
        this.prompt = prompt;
        this.scores = choices.map(ChoiceScores::new);
        this.text = prompt.text().map(wanted -> new RowText(prompt.ids(), wanted));
        this.events = events;
    }

    /// A piece of its work for one pass.
    ///
    /// @param wanted which of its tokens' logits are needed, in order
    public record Piece(TextRow row, KvCachePass.Span span, int[] tokens, int[] wanted) {}

    Prompt prompt() {
        return prompt;
    }

    int[] pages() {
        return reservation.pages();
    }

    /// Tokens that its pages must hold.
    public int room() {
        int more =
                Math.max(
                        text.map(RowText::room).orElse(0),
                        scores.map(ChoiceScores::nodes).orElse(0));
        return prompt.ids().length + more;
    }

    void holds(KvCachePool.Reservation reserved) {
        reservation = reserved;
    }

    /// The caller takes it back; its pages are free after the pass that is running.
    void stop() {
        isStopped = true;
    }

    boolean isDone() {
        return isStopped || stage == Stage.DONE;
    }

    boolean isSaying() {
        return stage == Stage.TEXT;
    }

    /// @param budget tokens that the pass has room for, at least 1
    Piece next(KvCachePool pool, int budget) {
        return switch (stage) {
            case PROMPT -> prompt(pool, budget);
            case SCORES -> {
                var open = scores.orElseThrow();
                yield new Piece(
                        this,
                        new KvCachePass.Span(pages(), prompt.ids().length, open.parents()),
                        open.tokens(),
                        open.wanted());
            }
            case TEXT -> {
                var saying = text.orElseThrow();
                var tokens = saying.next();
                var span = KvCachePass.Span.next(pages(), saying.computed(), tokens.length);
                yield new Piece(this, span, tokens, all(tokens.length));
            }
            case DONE -> throw new IllegalStateException("the row is done");
        };
    }

    private Piece prompt(KvCachePool pool, int budget) {
        var ids = prompt.ids();
        if (computed == 0) {
            computed = pool.computedOf(pages(), reservation.shared());
        }
        int count = Math.min(budget, ids.length - computed);
        var span = KvCachePass.Span.next(pages(), computed, count);
        computed += count;
        pool.computed(pages(), computed);
        return new Piece(
                this,
                span,
                Arrays.copyOfRange(ids, computed - count, computed),
                computed == ids.length ? new int[] {count - 1} : new int[0]);
    }

    private static int[] all(int count) {
        var all = new int[count];
        Arrays.setAll(all, i -> i);
        return all;
    }

    /// Takes what its piece's pass gave.
    ///
    /// @param at the row of its first wanted token's logits
    void take(RowLogits logits, int at, Set<Integer> endings) {
        switch (stage) {
            case PROMPT -> prompted(logits, at, endings);
            case SCORES -> {
                scores.orElseThrow().inner(logits, at);
                stage = afterScores();
            }
            case TEXT -> {
                text.orElseThrow().take(logits, at, endings, events);
                stage = afterScores();
            }
            case DONE -> {}
        }
    }

    private void prompted(RowLogits logits, int at, Set<Integer> endings) {
        if (computed < prompt.ids().length) {
            return;
        }
        scores.ifPresent(open -> open.root(logits, at));
        text.ifPresent(saying -> saying.begin(logits, at, endings, events));
        stage = scores.filter(open -> open.nodes() > 0).isPresent() ? Stage.SCORES : afterScores();
    }

    private Stage afterScores() {
        return text.filter(saying -> saying.finish().isEmpty()).isPresent()
                ? Stage.TEXT
                : Stage.DONE;
    }

    void spent(double share) {
        seconds += share;
    }

    /// Tells its caller that it is over.
    void tell() {
        if (isFailed) {
            return;
        }
        events.done(
                new RowEvents.Result(
                        text.flatMap(RowText::finish),
                        scores.map(ChoiceScores::sums).orElse(new double[0]),
                        scores.map(ChoiceScores::greedy).orElse(new boolean[0]),
                        reservation.shared(),
                        seconds,
                        text.map(RowText::likelihoods).orElse(List.of())));
    }

    void fail(RuntimeException why) {
        stage = Stage.DONE;
        isFailed = true;
        events.failed(why);
    }
}
