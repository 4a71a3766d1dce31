package dev.sartor.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Stream;

/// Keeps what is logged, stack traces as well, in place of those who else would get it, until closed.
public final class LeakLog extends Handler implements AutoCloseable {
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final SimpleFormatter formatter = new SimpleFormatter();
    private final Logger root = Logger.getLogger("");
    private final List<Handler> others = List.of(root.getHandlers());

    static LeakLog open() {
        var log = new LeakLog();
        log.others.forEach(log.root::removeHandler);
        log.root.addHandler(log);
        return log;
    }

    /// What was logged since the last time.
    public Stream<String> taken() {
        var taken = new ArrayList<String>();
        for (var next = lines.poll(); next != null; next = lines.poll()) {
            taken.add(next);
        }
        return taken.stream();
    }

    @Override
    public void publish(LogRecord entry) {
        lines.add(formatter.format(entry));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        root.removeHandler(this);
        others.forEach(root::addHandler);
    }
}
