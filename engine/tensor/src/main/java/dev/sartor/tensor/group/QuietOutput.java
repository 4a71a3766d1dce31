package dev.sartor.tensor.group;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/// Drops what native code writes to the standard output: Gloo says how many ranks it is connected to, in the midst of a command's
/// JSON.
final class QuietOutput implements AutoCloseable {
    private static final int OUTPUT = 1;
    private static final int WRITE_ONLY = 1;
    private static final Linker LINKER = Linker.nativeLinker();
    private static final MethodHandle DUP = function("dup", ValueLayout.JAVA_INT);
    private static final MethodHandle DUP2 =
            function("dup2", ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
    private static final MethodHandle OPEN =
            function("open", ValueLayout.ADDRESS, ValueLayout.JAVA_INT);
    private static final MethodHandle CLOSE = function("close", ValueLayout.JAVA_INT);
    private static final MethodHandle FLUSH = function("fflush", ValueLayout.ADDRESS);

    private final int kept;

    private QuietOutput(int kept) {
        this.kept = kept;
    }

    static QuietOutput begin() {
        int kept = call(DUP, OUTPUT);
        try (var names = Arena.ofConfined()) {
            int nowhere = call(OPEN, names.allocateFrom("/dev/null"), WRITE_ONLY);
            call(DUP2, nowhere, OUTPUT);
            call(CLOSE, nowhere);
        }
        return new QuietOutput(kept);
    }

    @SuppressWarnings("restricted") // of the C library
    private static MethodHandle function(String name, ValueLayout... parameters) {
        var found = LINKER.defaultLookup().findOrThrow(name);
        return LINKER.downcallHandle(
                found, FunctionDescriptor.of(ValueLayout.JAVA_INT, parameters));
    }

    private static int call(MethodHandle function, Object... arguments) {
        try {
            return (int) function.invokeWithArguments(arguments);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /// What native code has written and not yet given to the system goes before the output is the output again.
    @Override
    public void close() {
        call(FLUSH, MemorySegment.NULL);
        call(DUP2, kept, OUTPUT);
        call(CLOSE, kept);
    }
}
