package dev.sartor.compare.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.tensor.machine.NativeMemory;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class MachineTest {
    @Test
    void theMachineSaysWhatItIs() {
        var machine = Machine.here(900);
        assertThat(machine.processor()).isNotBlank();
        assertThat(machine.memoryMib()).isPositive();
        assertThat(machine.java()).contains("25");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void thePeakGrowsWithWhatIsHeldAndCanBeReset() {
        assertThat(NativeMemory.resetPeak()).isTrue();
        long before = NativeMemory.peakMib().orElseThrow();
        // Outside the heap, which may have room left from before.
        try (var arena = Arena.ofConfined()) {
            var held = arena.allocate(192L << 20).fill((byte) 1);
            assertThat(NativeMemory.peakMib().orElseThrow()).isGreaterThan(before + 100);
            assertThat(held.get(ValueLayout.JAVA_BYTE, held.byteSize() / 2)).isEqualTo((byte) 1);
        }
    }
}
