package dev.sartor.constrain;

import dev.sartor.constrain.automaton.FormBudget;
import dev.sartor.core.SartorException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/// A form that is being prepared, for everyone who asks for it meanwhile. Thread-safe, but for the waiting, which
/// its {@link Constraints} count.
final class Preparation {
    private static final long GLANCE_MILLIS = 200;

    private final FormBudget budget = new FormBudget();
    private final CompletableFuture<GrammarConstraint.Form> form = new CompletableFuture<>();
    private int waiting;

    void begin(Supplier<GrammarConstraint.Form> made) {
        FormThreads.run(() -> {
            try {
                form.complete(budget.spend(made::get));
            } catch (StackOverflowError _) {
                form.completeExceptionally(
                        SartorException.unheldForm(
                                "the form of the answer is nested too deeply: use fewer levels"));
            } catch (SartorException e) {
                form.completeExceptionally(
                        e.kind() == SartorException.Kind.USER
                                ? SartorException.unheldForm(String.valueOf(e.getMessage()))
                                : e);
            } catch (RuntimeException | Error e) {
                form.completeExceptionally(e);
            }
        });
    }

    void enter() {
        waiting++;
    }

    /// @return whether nobody waits any more; then the work ends
    boolean leave() {
        boolean isLast = --waiting == 0;
        if (isLast) {
            budget.cancel();
        }
        return isLast;
    }

    /// @param whileWaiting called five times a second; throws where the caller needs the form no more
    GrammarConstraint.Form await(Runnable whileWaiting) {
        try {
            while (true) {
                try {
                    return form.get(GLANCE_MILLIS, TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    whileWaiting.run();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SartorException.stopped("interrupted while the form of an answer was prepared");
        } catch (ExecutionException e) {
            throw switch (e.getCause()) {
                case RuntimeException thrown -> thrown;
                case Error error -> throw error;
                case null, default ->
                        SartorException.defect("the form was not prepared: " + e.getCause(), e);
            };
        }
    }
}
