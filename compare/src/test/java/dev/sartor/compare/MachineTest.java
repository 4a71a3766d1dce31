package dev.sartor.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.tensor.NativeMemory;
import java.util.Arrays;
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
        var held = new byte[192 << 20];
        Arrays.fill(held, (byte) 1);
        assertThat(NativeMemory.peakMib().orElseThrow()).isGreaterThan(before + 100);
        assertThat(held[held.length / 2]).isEqualTo((byte) 1);
    }
}
