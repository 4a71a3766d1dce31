package dev.sartor.core.work;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/// Functions of the C library that the process runs on.
public final class CLibrary {
    private CLibrary() {}

    /// Empty where it has none of that name.
    public static Optional<MethodHandle> function(String name, FunctionDescriptor shape) {
        var linker = Linker.nativeLinker();
        return linker.defaultLookup().find(name).map(address -> handle(linker, address, shape));
    }

    @SuppressWarnings("restricted") // a native function
    private static MethodHandle handle(
            Linker linker, MemorySegment address, FunctionDescriptor shape) {
        return linker.downcallHandle(address, shape);
    }
}
