package dev.sartor.core.work;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/// Work that gives way. Threads that compute together wait for the slowest of them at every step, so that one more thread than
/// there are cores slows them down many times over.
public final class Background {
    /// Beside a thread of the usual niceness, one that is so much nicer gets about a third of a core.
    private static final int NICER = 4;

    private static final int REFUSED = -1;

    private Background() {}

    /// From now on the calling thread takes less than its share of a core that others want, too. Java's own priorities do
    /// nothing on Linux; on other systems this does nothing, as the same call would slow down the whole process.
    ///
    /// @return whether the system took it
    public static boolean enter() {
        if (!System.getProperty("os.name").equals("Linux")) {
            return false;
        }
        var shape = FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
        return CLibrary.function("nice", shape).map(nice -> call(nice) != REFUSED).orElse(false);
    }

    private static int call(MethodHandle nice) {
        try {
            return (int) nice.invokeExact(NICER);
        } catch (Throwable e) {
            throw new IllegalStateException("nice cannot be called", e);
        }
    }
}
