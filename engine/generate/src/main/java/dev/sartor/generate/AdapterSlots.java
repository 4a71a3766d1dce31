package dev.sartor.generate;

import dev.sartor.generate.schedule.Prompt;

/// Where a generator's rows get their adapters.
@FunctionalInterface
public interface AdapterSlots {
    /// Waits until there is a slot.
    ///
    /// @throws InterruptedException when the caller is interrupted while it waits
    AdapterLease take() throws InterruptedException;

    /// An adapter that rows use until it is given back.
    record AdapterLease(Prompt.AdapterSlot slot, Runnable giveBack) implements AutoCloseable {
        @Override
        public void close() {
            giveBack.run();
        }
    }

    /// Every row is as the scheduler's network is.
    static AdapterSlots same() {
        return () -> new AdapterLease(Prompt.AdapterSlot.SAME, () -> {});
    }
}
