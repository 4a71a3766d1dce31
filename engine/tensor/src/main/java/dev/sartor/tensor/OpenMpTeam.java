package dev.sartor.tensor;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Optional;

/// The threads that libtorch's products run on, GNU OpenMP's, for Java work. Threads of our own beside them would fight for
/// the same cores: each kind looks for work for a while before it sleeps, and waking takes longer than most of the work.
final class OpenMpTeam {
    private final MethodHandle parallel;
    private final MemorySegment region;

    /// What every thread of the team runs next.
    private volatile Runnable work = OpenMpTeam::rest;

    private OpenMpTeam(MethodHandle parallel) throws ReflectiveOperationException {
        this.parallel = parallel;
        var target =
                MethodHandles.lookup()
                        .bind(
                                this,
                                "runWork",
                                MethodType.methodType(void.class, MemorySegment.class));
        this.region = nativeStub(target, FunctionDescriptor.ofVoid(ValueLayout.ADDRESS));
    }

    @SuppressWarnings("restricted")
    private static MemorySegment nativeStub(MethodHandle target, FunctionDescriptor form) {
        return Linker.nativeLinker().upcallStub(target, form, Arena.global());
    }

    /// Empty where libtorch uses another OpenMP, as it does outside Linux.
    @SuppressWarnings("restricted")
    static Optional<OpenMpTeam> find() {
        try {
            return SymbolLookup.libraryLookup("libgomp.so.1", Arena.global())
                    .find("GOMP_parallel")
                    .map(OpenMpTeam::of);
        } catch (IllegalArgumentException e) { // no such library
            return Optional.empty();
        }
    }

    @SuppressWarnings("restricted")
    private static OpenMpTeam of(MemorySegment function) {
        var form =
                FunctionDescriptor.ofVoid(
                        ValueLayout.ADDRESS,
                        ValueLayout.ADDRESS,
                        ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_INT);
        try {
            return new OpenMpTeam(Linker.nativeLinker().downcallHandle(function, form));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Runs the work once on each of so many threads, this one among them, and waits for all.
    ///
    /// @param each throws nothing: that would end the process
    void run(int threads, Runnable each) {
        work = each;
        try {
            parallel.invokeExact(region, MemorySegment.NULL, threads, 0);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        } finally {
            work = OpenMpTeam::rest;
        }
    }

    private static void rest() {}

    @SuppressWarnings("unused") // called by OpenMP
    private void runWork(MemorySegment data) {
        work.run();
    }
}
