package dev.sartor.suite;

import dev.sartor.core.SartorException;
import dev.sartor.core.work.Cancellation;
import dev.sartor.core.work.Progress;
import dev.sartor.generate.LanguageModel;
import dev.sartor.suite.score.BenchmarkModel;
import dev.sartor.suite.score.ItemAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/// Asks a model all items of tasks, some of them side by side.
public final class BenchmarkRun {
    /// Calls that are looked at whether they failed: more than there can be side by side.
    private static final int RECENT = 128;

    private final String name;
    private final BenchmarkModel model;
    private final int batch;
    private final Progress progress;
    private final Cancellation cancellation;

    /// @param model stays the caller's
    /// @param batch items that are computed side by side
    public BenchmarkRun(
            LanguageModel model, int batch, Progress progress, Cancellation cancellation) {
        this.name = model.name();
        this.model = new BenchmarkModel(model);
        this.batch = batch;
        this.progress = progress;
        this.cancellation = cancellation;
    }

    /// One task after another; the time that is left is that of all.
    ///
    /// @throws SartorException that it was stopped, where the cancellation is asked for
    public List<TaskResult> run(List<TaskItems> tasks) {
        long total = tasks.stream().mapToLong(task -> task.items().size()).sum();
        var results = new ArrayList<TaskResult>();
        try (var step = progress.begin(name, total, "items")) {
            for (var task : tasks) {
                step.note(task.task().name());
                results.add(run(task, step));
            }
        }
        return results;
    }

    private TaskResult run(TaskItems items, Progress.Step step) {
        long start = System.nanoTime();
        var answers = answers(items.items(), step);
        return new TaskResult(
                items.task(), items.fewShot(), answers, (System.nanoTime() - start) / 1e9);
    }

    private List<ItemAnswer> answers(List<TaskItems.Asked> items, Progress.Step step) {
        var places = new Semaphore(batch);
        var calls = new ArrayList<Future<ItemAnswer>>();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            try {
                for (var asked : items) {
                    places.acquire();
                    stopIfAsked();
                    calls.add(callers.submit(() -> answer(asked, places, step)));
                    refuseFailed(calls);
                }
                var answers = new ArrayList<ItemAnswer>();
                for (var call : calls) {
                    answers.add(call.get());
                }
                stopIfAsked();
                return answers;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw end(
                        callers, SartorException.stopped("interrupted while items were answered"));
            } catch (ExecutionException e) {
                throw end(
                        callers,
                        e.getCause() instanceof SartorException known
                                ? known
                                : SartorException.defect("an item was not answered", e));
            } catch (SartorException e) {
                throw end(callers, e);
            }
        }
    }

    private ItemAnswer answer(TaskItems.Asked asked, Semaphore places, Progress.Step step) {
        try {
            var answer = model.answer(asked.item(), asked.before());
            step.advance(1);
            return answer;
        } finally {
            places.release();
        }
    }

    /// So that a failure ends the run at once, and not when all items were tried.
    private static void refuseFailed(List<Future<ItemAnswer>> calls)
            throws InterruptedException, ExecutionException {
        for (int i = Math.max(0, calls.size() - RECENT); i < calls.size(); i++) {
            if (calls.get(i).state() == Future.State.FAILED) {
                calls.get(i).get();
            }
        }
    }

    private void stopIfAsked() {
        if (cancellation.isAsked()) {
            throw SartorException.stopped("the benchmark was stopped; nothing was written");
        }
    }

    /// Closing waits for what is still being computed, which the interrupt ends.
    private static SartorException end(ExecutorService callers, SartorException why) {
        callers.shutdownNow();
        return why;
    }
}
