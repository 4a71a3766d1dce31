package dev.sartor.tensor.kernel;

import dev.sartor.core.SartorException;
import dev.sartor.core.work.CLibrary;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.Tensors;
import java.lang.foreign.FunctionDescriptor;
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

    /// Of a large page, on x86-64 and most others.
    private static final long LARGE_PAGE = 2L << 20;

    private static final int ADVICE_LARGE_PAGES = 14;
    private static final Optional<MethodHandle> MADVISE = madvise();

    private LargeBuffers() {}

    /// Zeros that are read again and again, on memory of their own: in large pages where Linux has them, so that reading does
    /// not wait for the page tables.
    public static Tensor zeros(DType type, long... shape) {
        return empty(type, shape).fill(0);
    }

    /// The same with whatever content; memory is touched only as it is written.
    static Tensor empty(DType type, long... shape) {
        var made = spared(() -> Tensors.empty(type, shape));
        long from = (made.address() + LARGE_PAGE - 1) / LARGE_PAGE * LARGE_PAGE;
        long to = (made.address() + made.count() * type.bytes()) / LARGE_PAGE * LARGE_PAGE;
        if (from < to) {
            MADVISE.ifPresent(call -> {
                try {
                    // Where the system refuses, pages stay small.
                    int _ = (int) call.invokeExact(from, to - from, ADVICE_LARGE_PAGES);
                } catch (Throwable e) {
                    throw SartorException.defect("madvise failed", e);
                }
            });
        }
        return made;
    }

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
        return CLibrary.function(
                "mallopt",
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
    }

    /// Advice 14 (MADV_HUGEPAGE) is Linux's; elsewhere it is another.
    private static Optional<MethodHandle> madvise() {
        return System.getProperty("os.name", "").equals("Linux")
                ? CLibrary.function(
                        "madvise",
                        FunctionDescriptor.of(
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_LONG,
                                ValueLayout.JAVA_LONG,
                                ValueLayout.JAVA_INT))
                : Optional.empty();
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
