package dev.sartor.tensor.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FreeMemoryTest {
    private static final long MIB = 1L << 20;

    @TempDir Path root;

    @BeforeEach
    void machine() throws IOException {
        write("proc/meminfo", "MemTotal: 16777216 kB\nMemAvailable: 8388608 kB\n");
    }

    private void write(String file, String text) throws IOException {
        var path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private long mib() {
        return new FreeMemory(root).bytes().orElseThrow() / MIB;
    }

    @Test
    void withoutAGroupTheMachineDecides() {
        assertThat(mib()).isEqualTo(8192);
    }

    @Test
    void aGroupsLimitHoldsWithWhatItsUnusedFilesTake() throws IOException {
        write("proc/self/cgroup", "0::/box\n");
        write("sys/fs/cgroup/box/memory.max", "" + 1000 * MIB);
        write("sys/fs/cgroup/box/memory.current", "" + 700 * MIB);
        write("sys/fs/cgroup/box/memory.stat", "anon 5\ninactive_file " + 100 * MIB + "\n");
        assertThat(mib()).isEqualTo(400);
    }

    @Test
    void aGroupAroundItMayAllowLess() throws IOException {
        write("proc/self/cgroup", "0::/outer/inner\n");
        write("sys/fs/cgroup/outer/inner/memory.max", "max\n");
        write("sys/fs/cgroup/outer/inner/memory.current", "" + MIB);
        write("sys/fs/cgroup/outer/memory.max", "" + 300 * MIB);
        write("sys/fs/cgroup/outer/memory.current", "" + 100 * MIB);
        assertThat(mib()).isEqualTo(200);
    }

    @Test
    void theOlderGroupsAreReadToo() throws IOException {
        write("proc/self/cgroup", "7:cpu:/x\n4:memory:/box\n");
        write("sys/fs/cgroup/memory/box/memory.limit_in_bytes", "" + 500 * MIB);
        write("sys/fs/cgroup/memory/box/memory.usage_in_bytes", "" + 200 * MIB);
        assertThat(mib()).isEqualTo(300);
    }

    @Test
    void aMachineThatDoesNotSayIsUnknown() throws IOException {
        Files.delete(root.resolve("proc/meminfo"));
        assertThat(new FreeMemory(root).bytes()).isEmpty();
    }
}
