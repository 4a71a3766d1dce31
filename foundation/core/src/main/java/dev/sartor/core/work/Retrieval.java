package dev.sartor.core.work;

import java.util.function.Consumer;
import java.util.function.Supplier;

/// What was retrieved for one answer, told to whoever listens on the thread that makes it: a responder sees only the whole of what
/// stands behind another one. Counts alone, no texts.
///
/// @param from when it began, as `System.nanoTime` has it
/// @param to when it ended
/// @param passages that stand before the model
/// @param omitted that were found and left out
public record Retrieval(long from, long to, int passages, int omitted) {
    private static final ScopedValue<Consumer<Retrieval>> LISTENER = ScopedValue.newInstance();

    /// Does the work, and tells the listener of what is retrieved for it.
    public static <T> T heard(Consumer<Retrieval> listener, Supplier<T> work) {
        return ScopedValue.where(LISTENER, listener).call(work::get);
    }

    /// Tells whoever listens; nobody, where nobody does.
    public void tell() {
        if (LISTENER.isBound()) {
            LISTENER.get().accept(this);
        }
    }
}
