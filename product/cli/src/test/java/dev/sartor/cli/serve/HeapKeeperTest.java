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
        System.gc(); // what other tests left
        var looked = new Semaphore(0);
        List<byte[]> held = new ArrayList<>();
        try (var _ = HeapKeeper.of(pool, 8 * MIB, looked::release)) {
            for (int time = 0; time < 2; time++) {
                for (int i = 0; i < 16; i++) {
                    held.add(new byte[4 * MIB]);
                }
                System.gc(); // the JVM compares with the threshold when it has collected
                assertThat(looked.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
            }
        }
        assertThat(held).hasSize(32);
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
