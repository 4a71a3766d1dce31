package dev.sartor.tensor.machine;

import dev.sartor.core.SartorException;
import dev.sartor.core.work.CLibrary;
import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/// What the process holds in physical memory, as the operating system counts it.
public final class NativeMemory {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Path MACHINE = Path.of("/proc/meminfo");
    private static final Path CLEAR = Path.of("/proc/self/clear_refs");

    private static final Optional<MethodHandle> TRIM =
            CLibrary.function(
                    "malloc_trim",
                    FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG));

    private NativeMemory() {}

    /// MiB resident now; empty where the system does not say.
    public static OptionalLong residentMib() {
        return field("VmRSS:");
    }

    /// The most MiB resident since the process started or {@link #resetPeak}; empty where the system does not say.
    public static OptionalLong peakMib() {
        return field("VmHWM:");
    }

    /// Starts the peak anew from what is resident now. Returns false where the system does not allow it.
    public static boolean resetPeak() {
        try {
            Files.writeString(CLEAR, "5");
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /// MiB of physical memory that the machine has; empty where the system does not say.
    public static OptionalLong totalMib() {
        return field(MACHINE, "MemTotal:");
    }

    /// MiB that this process may hold altogether: what it holds now and what is free. Where the system is not Linux, what the
    /// machine has, as nothing better is known; empty where not even that is.
    public static OptionalLong allowedMib() {
        var free = new FreeMemory(Path.of("/")).bytes();
        if (free.isPresent()) {
            return OptionalLong.of(residentMib().orElse(0) + (free.getAsLong() >> 20));
        }
        return ManagementFactory.getOperatingSystemMXBean()
                        instanceof com.sun.management.OperatingSystemMXBean system
                ? OptionalLong.of(system.getTotalMemorySize() >> 20)
                : OptionalLong.empty();
    }

    /// Gives freed memory back to the system, where the C library does so when asked (glibc's malloc_trim). Tensors of ever
    /// other sizes leave gaps that no later one fits, and the process grows.
    ///
    /// @return whether anything was given back
    public static boolean giveBack() {
        return TRIM.map(NativeMemory::call).orElse(false);
    }

    private static boolean call(MethodHandle trim) {
        try {
            return (int) trim.invokeExact(0L) == 1;
        } catch (Throwable e) {
            throw SartorException.defect("malloc_trim failed", e);
        }
    }

    private static OptionalLong field(String name) {
        return field(STATUS, name);
    }

    /// The system counts in KiB.
    private static OptionalLong field(Path file, String name) {
        var kib = FreeMemory.field(file, name);
        return kib.isPresent() ? OptionalLong.of(kib.getAsLong() >> 10) : kib;
    }
}
