package dev.sartor.generate.schedule;

import dev.sartor.core.SartorException;
import dev.sartor.generate.sample.RowLogits;
import dev.sartor.model.Adapters;
import dev.sartor.model.KvCachePass;
import dev.sartor.model.network.Decoder;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;
import dev.sartor.tensor.kernel.KvCachePages;
import dev.sartor.tensor.machine.NativeMemory;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;

/// Runs everybody's prompts and texts together (Yu et al. 2022, continuous batching): each pass takes the next token of
/// every text that is being said and, beside them, pieces of prompts in the order of their coming. Rows come and go between
/// passes; a row begins when there is memory for all that it may become. One thread of its own plans, the engine's computes.
public final class Scheduler implements AutoCloseable {
    /// Texts that are said at the same time.
    private static final int MOST_ROWS = 64;

    /// Tokens of prompts in one pass: more would keep those who are already reading waiting.
    private static final int PROMPT_TOKENS = 512;

    /// Bytes of keys and values, where a context takes less.
    private static final long USUAL_MEMORY = 1L << 30;

    /// What is reckoned with where the system does not say how much memory it has.
    private static final long SMALL_MACHINE_MIB = 4096;

    private final Decoder decoder;
    private final DType type;
    private final Set<Integer> endings;
    private final SlotAdapters adapters;
    private final KvCachePages pages;
    private final KvCachePool pool;
    private final LinkedBlockingQueue<TextRow> coming = new LinkedBlockingQueue<>();
    private final Deque<TextRow> waiting = new ArrayDeque<>();
    private final List<TextRow> running = new ArrayList<>();
    private final Thread thread;
    private volatile boolean closed;

    /// The adapters that the rows of a pass use.
    @FunctionalInterface
    public interface SlotAdapters {
        /// @param slots of each token the slot, −1 for none
        Adapters of(int[] slots);
    }

    /// With the usual memory.
    public Scheduler(Decoder decoder, DType type, Set<Integer> endings, SlotAdapters adapters) {
        this(decoder, type, USUAL_MEMORY, endings, adapters);
    }

    /// @param type what keys and values are kept in, F32 or BF16
    /// @param memory bytes of keys and values, where a context takes less
    /// @param endings tokens that end a turn
    public Scheduler(
            Decoder decoder, DType type, long memory, Set<Integer> endings, SlotAdapters adapters) {
        this.decoder = decoder;
        this.type = type;
        this.endings = Set.copyOf(endings);
        this.adapters = adapters;
        long page =
                KvCachePages.pageBytes(
                        decoder.layers(), decoder.groups(), decoder.headWidth(), type);
        int count = count(page, memory);
        this.pool = new KvCachePool(count);
        this.pages =
                Engine.call(() ->
                        new KvCachePages(
                                decoder.layers(),
                                decoder.groups(),
                                decoder.headWidth(),
                                count,
                                type));
        this.thread = Thread.ofVirtual().name("sartor-scheduler").start(this::work);
    }

    /// Room for a whole context at least, and for some more of short ones, but no more than the machine can spare.
    private int count(long page, long memory) {
        long spare = NativeMemory.totalMib().orElse(SMALL_MACHINE_MIB) * (1L << 20) / 4;
        long context = (long) KvCachePool.pagesFor(decoder.contextLength()) + 1;
        long count = Math.min(spare / page, Math.max(context, memory / page));
        return Math.clamp(count, 1, Integer.MAX_VALUE / KvCachePages.PAGE);
    }

    /// The most tokens of prompt and answer for which there is memory.
    public int mostTokens() {
        return pool.capacity() * KvCachePages.PAGE;
    }

    /// Bytes of the keys' and values' pages that were ever written to.
    public long touchedBytes() {
        return pool.touched()
                * KvCachePages.pageBytes(
                        decoder.layers(), decoder.groups(), decoder.headWidth(), type);
    }

    public void submit(TextRow row) {
        coming.add(row);
        if (closed && coming.remove(row)) {
            row.fail(closedModel());
        }
    }

    public static SartorException closedModel() {
        return SartorException.user("the model was closed: open it again");
    }

    private void work() {
        while (!closed) {
            try {
                collect();
                admit();
                pass(plan());
                leave();
            } catch (InterruptedException e) {
                break;
            } catch (RuntimeException | Error e) {
                failRunning(SartorException.defect("the scheduler failed: " + e, e));
            }
        }
        failRunning(closedModel());
        coming.drainTo(waiting);
        waiting.forEach(row -> row.fail(closedModel()));
    }

    /// What their pages hold is unknown from now on.
    private void failRunning(RuntimeException why) {
        for (var row : running) {
            pool.forget(row.pages());
            pool.release(row.pages());
            row.fail(why);
        }
        running.clear();
    }

    private void collect() throws InterruptedException {
        if (running.isEmpty() && waiting.isEmpty()) {
            waiting.add(coming.take());
        }
        coming.drainTo(waiting);
        waiting.removeIf(TextRow::isDone); // taken back by their callers
    }

    private void admit() {
        while (!waiting.isEmpty() && running.size() < MOST_ROWS) {
            var row = waiting.getFirst();
            if (!row.isDone()) {
                var reserved =
                        pool.reserve(
                                row.prompt().adapter().identity(),
                                row.prompt().scope(),
                                row.prompt().ids(),
                                row.room());
                if (reserved.isEmpty()) {
                    return;
                }
                row.holds(reserved.get());
            }
            running.add(waiting.removeFirst());
        }
    }

    private List<TextRow.Piece> plan() {
        var pieces = new ArrayList<TextRow.Piece>();
        int budget = PROMPT_TOKENS;
        for (var row : running) {
            if (!row.isDone() && (row.isSaying() || budget > 0)) {
                var piece = row.next(pool, Math.max(1, budget));
                budget -= row.isSaying() ? 0 : piece.tokens().length;
                pieces.add(piece);
            }
        }
        return pieces;
    }

    private void pass(List<TextRow.Piece> pieces) {
        if (pieces.isEmpty()) {
            return;
        }
        long start = System.nanoTime();
        try {
            Engine.run(() -> {
                try (var _ = TensorScope.open()) {
                    compute(pieces);
                }
            });
        } catch (RuntimeException e) {
            for (var piece : pieces) {
                pool.forget(piece.row().pages());
                piece.row().fail(e);
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        int tokens = pieces.stream().mapToInt(piece -> piece.tokens().length).sum();
        pieces.forEach(piece -> piece.row().spent(seconds * piece.tokens().length / tokens));
    }

    private void compute(List<TextRow.Piece> pieces) {
        var ids = pieces.stream().flatMapToInt(p -> Arrays.stream(p.tokens())).toArray();
        var spans = pieces.stream().map(TextRow.Piece::span).toList();
        var used = adapters.of(slots(pieces, ids.length));
        var pass = new KvCachePass(pages, spans, decoder.type());
        var hidden = decoder.hidden(Tensors.indices(ids), pass, used);
        var wanted = wanted(pieces);
        if (wanted.length == 0) {
            return;
        }
        var states =
                wanted.length == ids.length ? hidden : hidden.selected(0, Tensors.indices(wanted));
        var logits = new RowLogits(decoder.logits(states, used).to(DType.F32));
        int at = 0;
        for (var piece : pieces) {
            if (piece.wanted().length > 0) {
                take(piece, logits, at);
                at += piece.wanted().length;
            }
        }
    }

    /// What goes wrong with one row's logits ends that row alone.
    private void take(TextRow.Piece piece, RowLogits logits, int at) {
        try {
            piece.row().take(logits, at, endings);
        } catch (SartorException e) {
            piece.row().fail(e);
        }
    }

    private static int[] slots(List<TextRow.Piece> pieces, int tokens) {
        var slots = new int[tokens];
        int at = 0;
        for (var piece : pieces) {
            Arrays.fill(
                    slots, at, at + piece.tokens().length, piece.row().prompt().adapter().slot());
            at += piece.tokens().length;
        }
        return slots;
    }

    private static int[] wanted(List<TextRow.Piece> pieces) {
        var wanted = IntStream.builder();
        int first = 0;
        for (var piece : pieces) {
            for (int i : piece.wanted()) {
                wanted.add(first + i);
            }
            first += piece.tokens().length;
        }
        return wanted.build().toArray();
    }

    private void leave() {
        for (var row : List.copyOf(running)) {
            if (row.isDone()) {
                running.remove(row);
                pool.release(row.pages());
                row.tell();
            }
        }
    }

    /// Rows that are not done fail.
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        boolean interrupted = false;
        while (thread.isAlive()) { // a pass may still be writing to the pages
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        pages.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
