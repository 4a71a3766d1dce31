package dev.sartor.core.work;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/// Work that gives way. Threads that compute together wait for the slowest of them at every step, so that one more thread than
/// there are cores slows them down many times over.
public final class Background {
    /// Beside a thread of the usual niceness, one of this gets a third of a core.
    private static final int NICENESS = 4;

    private static final int THREAD = 0;

    private Background() {}

    /// From now on the calling thread runs beside others only with what they leave it. Java's own priorities do nothing on
    /// Linux; on other systems this does nothing, as the same call would slow down the whole process.
    ///
    /// @return whether the system took it
    public static boolean enter() {
        if (!System.getProperty("os.name").equals("Linux")) {
            return false;
        }
        return setpriority().map(function -> call(function) == 0).orElse(false);
    }

    private static Optional<MethodHandle> setpriority() {
        var linker = Linker.nativeLinker();
        return linker.defaultLookup().find("setpriority").map(address -> handle(linker, address));
    }

    @SuppressWarnings("restricted") // a function of the C library
    private static MethodHandle handle(Linker linker, MemorySegment address) {
        return linker.downcallHandle(
                address,
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_INT));
    }

    private static int call(MethodHandle setpriority) {
        try {
            return (int) setpriority.invokeExact(THREAD, 0, NICENESS);
        } catch (Throwable e) {
            throw new IllegalStateException("setpriority cannot be called", e);
        }
    }
}
