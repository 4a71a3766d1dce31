package dev.sartor.generate.schedule;

import dev.sartor.core.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.BooleanSupplier;

/// Brings what the scheduler tells of one row to its caller's thread, by way of a queue that the caller empties. An
/// event says whether the row is over with it.
public final class RowListener implements RowEvents {
    private final Prompt prompt;
    private final Queue<BooleanSupplier> events;
    private final List<Integer> tokens = new ArrayList<>();
    private Optional<TextRow> row = Optional.empty();
    private Optional<Result> result = Optional.empty();
    private boolean isEnded;

    public RowListener(Prompt prompt, Queue<BooleanSupplier> events) {
        this.prompt = prompt;
        this.events = events;
    }

    public void listenTo(TextRow told) {
        row = Optional.of(told);
    }

    public TextRow row() {
        return row.orElseThrow();
    }

    public void stop() {
        row.ifPresent(TextRow::stop);
    }

    @Override
    public void said(int token) {
        events.add(() -> {
            // After the end come those that were said in the pass that ran while the caller had
            // enough.
            if (!isEnded) {
                tokens.add(token);
                isEnded = !prompt.text().orElseThrow().sink().accept(token);
                if (isEnded) {
                    stop();
                }
            }
            return false;
        });
    }

    @Override
    public void done(Result told) {
        events.add(() -> {
            result = Optional.of(told);
            return true;
        });
    }

    @Override
    public void failed(RuntimeException why) {
        events.add(() -> {
            throw why;
        });
    }

    public Completion completion() {
        var told = result.orElseGet(Result::none);
        return new Completion(
                prompt.text().map(_ -> text(told)),
                told.scores(),
                told.greedy(),
                told.shared(),
                told.seconds());
    }

    private Completion.Text text(Result told) {
        var finish = isEnded ? Answer.Finish.STOP : told.finish().orElse(Answer.Finish.CANCELLED);
        return new Completion.Text(
                tokens.stream().mapToInt(Integer::intValue).toArray(),
                finish,
                told.likelihoods().stream().limit(tokens.size()).toList());
    }
}
