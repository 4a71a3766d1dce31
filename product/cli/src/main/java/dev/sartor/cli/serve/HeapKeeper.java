package dev.sartor.cli.serve;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryNotificationInfo;
import java.lang.management.MemoryPoolMXBean;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import javax.management.JMException;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;

/// Keeps a server's heap near what lives in it. The serial collector starts soon and takes little memory, but lets the old
/// generation grow up to the largest heap before it looks what of it is dead: large requests, one after another, would leave
/// a process that is several times as large as it needs to be. Whenever that generation has grown by 96 MiB since it was last
/// looked through, this has it looked through, which takes some 100 ms.
final class HeapKeeper implements AutoCloseable {
    private static final String SERIAL_OLD_GENERATION = "Tenured Gen";
    private static final long GROWTH = 96L << 20;

    private final MemoryPoolMXBean pool;
    private final long growth;
    private final Runnable collector;
    private final Semaphore grown = new Semaphore(0);
    private final NotificationListener listener = (notification, _) -> told(notification.getType());
    private final Thread thread;

    private HeapKeeper(MemoryPoolMXBean pool, long growth, Runnable collector) {
        this.pool = pool;
        this.growth = growth;
        this.collector = collector;
        this.thread = Thread.ofVirtual().name("heap").unstarted(this::keep);
    }

    /// Begins; empty where another collector runs, which sees to it by itself.
    static Optional<HeapKeeper> begin() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getName().equals(SERIAL_OLD_GENERATION))
                .findFirst()
                .map(pool -> of(pool, GROWTH, System::gc));
    }

    /// @param pool that tells when it holds more than a threshold
    /// @param growth bytes after which the collector runs
    static HeapKeeper of(MemoryPoolMXBean pool, long growth, Runnable collector) {
        var keeper = new HeapKeeper(pool, growth, collector);
        memory().addNotificationListener(keeper.listener, null, null);
        keeper.watch();
        keeper.thread.start();
        return keeper;
    }

    private static NotificationEmitter memory() {
        return (NotificationEmitter) ManagementFactory.getMemoryMXBean();
    }

    private void told(String type) {
        if (type.equals(MemoryNotificationInfo.MEMORY_THRESHOLD_EXCEEDED)) {
            grown.release();
        }
    }

    private void watch() {
        var usage = pool.getUsage();
        long threshold = usage.getUsed() + growth;
        pool.setUsageThreshold(
                usage.getMax() < 0 ? threshold : Math.min(threshold, usage.getMax()));
    }

    private void keep() {
        try {
            while (true) {
                grown.acquire();
                grown.drainPermits();
                collector.run();
                watch();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        pool.setUsageThreshold(0);
        try {
            memory().removeNotificationListener(listener);
        } catch (JMException e) {
            throw new IllegalStateException("the heap was not watched", e);
        }
    }
}
