package dev.sartor.tensor;

import java.lang.foreign.*;

public final class MallocInfo {
    public static String now() {
        try (var arena = Arena.ofConfined()) {
            var l = Linker.nativeLinker();
            var st = MemoryLayout.structLayout(java.util.stream.IntStream.range(0, 10).mapToObj(i -> ValueLayout.JAVA_LONG).toArray(MemoryLayout[]::new));
            var h = l.downcallHandle(l.defaultLookup().find("mallinfo2").get(), FunctionDescriptor.of(st));
            var s = (MemorySegment) h.invoke((SegmentAllocator) arena);
            long ar = s.getAtIndex(ValueLayout.JAVA_LONG, 0), mm = s.getAtIndex(ValueLayout.JAVA_LONG, 4), u = s.getAtIndex(ValueLayout.JAVA_LONG, 7), f = s.getAtIndex(ValueLayout.JAVA_LONG, 8);
            return "arena " + (ar >> 20) + " mmapped " + (mm >> 20) + " used " + (u >> 20) + " free " + (f >> 20) + " rss " + NativeMemory.residentMib().orElse(0) + " peak " + NativeMemory.peakMib().orElse(0);
        } catch (Throwable t) { return t.toString(); }
    }
}
