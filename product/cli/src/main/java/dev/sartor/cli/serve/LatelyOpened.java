package dev.sartor.cli.serve;

import java.util.LinkedHashSet;
import java.util.concurrent.locks.ReentrantLock;

/// Which responders are open. Where they are too many, the one that was asked least lately is let go. Thread-safe.
final class LatelyOpened {
    private final int most;
    private final ReentrantLock lock = new ReentrantLock();
    private final LinkedHashSet<OpenedLate> open = new LinkedHashSet<>();

    LatelyOpened(int most) {
        this.most = most;
    }

    void asked(OpenedLate responder) {
        lock.lock();
        try {
            open.remove(responder);
            open.add(responder);
            if (open.size() > most) {
                open.removeFirst().forget();
            }
        } finally {
            lock.unlock();
        }
    }
}
