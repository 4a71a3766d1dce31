package dev.sartor.weights;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.util.stream.IntStream;

/// What the C library has handed out and not got back (glibc's mallinfo2(3)), to the byte.
public final class LiveMemory {
    private static final int NUMBERS = 10;
    private static final int MAPPED = 4;
    private static final int IN_USE = 7;

    private LiveMemory() {}

    @SuppressWarnings("restricted") // a function of the C library
    public static long bytes() {
        var numbers =
                MemoryLayout.structLayout(
                        IntStream.range(0, NUMBERS)
                                .mapToObj(_ -> ValueLayout.JAVA_LONG)
                                .toArray(MemoryLayout[]::new));
        var linker = Linker.nativeLinker();
        var call =
                linker.downcallHandle(
                        linker.defaultLookup().find("mallinfo2").orElseThrow(),
                        FunctionDescriptor.of(numbers));
        try (var arena = Arena.ofConfined()) {
            var told = (MemorySegment) call.invoke((SegmentAllocator) arena);
            return told.getAtIndex(ValueLayout.JAVA_LONG, MAPPED)
                    + told.getAtIndex(ValueLayout.JAVA_LONG, IN_USE);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }
}
