package dev.sartor.tensor;

import dev.sartor.core.SartorException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;
import java.util.function.Supplier;

/// Where the C library keeps large buffers. By itself glibc soon serves them from heaps of its own, to be fast, and what is
/// freed between others there stays with the process. While a model is loaded, buffers of a MiB and more are the system's:
/// what is freed is given back at once. Other C libraries are left as they are.
public final class LargeBuffers {
    private static final int TRIM_THRESHOLD = -1;
    private static final int MMAP_THRESHOLD = -3;
    private static final int WHILE_LOADING = 1 << 20;

    /// What glibc comes to by itself once a buffer of that size was freed (mallopt(3), DEFAULT_MMAP_THRESHOLD_MAX).
    private static final int USUAL = 32 << 20;

    private static final Optional<MethodHandle> MALLOPT = mallopt();

    private LargeBuffers() {}

    /// Runs work that makes and frees large buffers once.
    public static <T> T spared(Supplier<T> work) {
        set(MMAP_THRESHOLD, WHILE_LOADING);
        try {
            return work.get();
        } finally {
            set(MMAP_THRESHOLD, USUAL);
            set(TRIM_THRESHOLD, 2 * USUAL);
        }
    }

    private static Optional<MethodHandle> mallopt() {
        var linker = Linker.nativeLinker();
        var shape =
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
        return linker.defaultLookup()
                .find("mallopt")
                .map(address -> handle(linker, address, shape));
    }

    @SuppressWarnings("restricted") // mallopt(int, int) of the C library
    private static MethodHandle handle(
            Linker linker, MemorySegment address, FunctionDescriptor shape) {
        return linker.downcallHandle(address, shape);
    }

    private static void set(int setting, int value) {
        MALLOPT.ifPresent(call -> {
            try {
                int _ = (int) call.invokeExact(setting, value);
            } catch (Throwable e) {
                throw SartorException.defect("mallopt failed", e);
            }
        });
    }
}
