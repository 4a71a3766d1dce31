package dev.sartor.tensor.group;

import org.bytedeco.pytorch.Work;

/// What ranks exchange while each of them does something else. For the engine's thread.
public final class Exchange implements AutoCloseable {
    private final Work work;

    Exchange(Work work) {
        this.work = work;
    }

    /// Waits for its end.
    ///
    /// @throws dev.sartor.core.SartorException resources are missing when a connection fails
    public void await() {
        try {
            work._wait();
        } catch (RuntimeException e) {
            throw ProcessGroup.lost("the connection to another rank broke", e);
        }
    }

    /// Forgets it, and does not end it: the native library holds the tensor for as long as it goes on.
    @Override
    public void close() {
        work.close();
    }
}
