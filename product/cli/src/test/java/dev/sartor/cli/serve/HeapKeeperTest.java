package dev.sartor.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HeapKeeperTest {
    private static final int MIB = 1 << 20;

    @Test
    void whatGrewIsLookedThroughAgainAndAgain() throws InterruptedException {
        var pool =
                ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(each -> each.getName().matches("G1 Old Gen|Tenured Gen"))
                        .findFirst()
                        .orElseThrow();
        var looked = new Semaphore(0);
        List<byte[]> held = new ArrayList<>();
        System.gc(); // what other tests left behind does not count
        try (var _ = HeapKeeper.of(pool, 8 * MIB, looked::release)) {
            for (int time = 0; time < 2; time++) {
                assertThat(isLookedThrough(looked, held)).isTrue();
            }
        }
        assertThat(held).isNotEmpty();
    }

    /// What other tests left behind may go meanwhile, so that it can take more than once 16 MiB.
    private static boolean isLookedThrough(Semaphore looked, List<byte[]> held)
            throws InterruptedException {
        for (int round = 0; round < 30; round++) {
            for (int i = 0; i < 4; i++) {
                held.add(new byte[4 * MIB]);
            }
            System.gc(); // the JVM compares with the threshold when it has collected
            if (looked.tryAcquire(1, TimeUnit.SECONDS)) {
                return true;
            }
        }
        return false;
    }

    @Test
    void anotherCollectorThanTheSerialOneIsLeftAlone() {
        var isSerial =
                ManagementFactory.getMemoryPoolMXBeans().stream()
                        .anyMatch(pool -> pool.getName().equals("Tenured Gen"));
        try (var keeper = HeapKeeper.begin().orElse(null)) {
            assertThat(keeper != null).isEqualTo(isSerial);
        }
    }
}
