package dev.sartor.tensor.group;

import dev.sartor.core.SartorException;
import dev.sartor.core.file.Folders;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.NativeLibraries;
import dev.sartor.tensor.Tensor;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.bytedeco.javacpp.chrono.Milliseconds;
import org.bytedeco.pytorch.BroadcastOptions;
import org.bytedeco.pytorch.FileStore;
import org.bytedeco.pytorch.GlooDeviceVector;
import org.bytedeco.pytorch.ProcessGroupGloo;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.Work;

/// Processes that exchange tensors, each under its rank: c10d's process group over Gloo, by TCP. All ranks call the same operations
/// in the same order, with tensors of the same shape and type. Each pair of ranks has a connection of its own, which says nothing of
/// who is at its other end and hides nothing: where to connect to is known to those alone that {@link Addresses} tells. For the
/// engine's thread.
public final class ProcessGroup implements AutoCloseable {
    private final int rank;
    private final int size;
    private final Path folder;
    private final FileStore store;
    private final ProcessGroupGloo gloo;

    private ProcessGroup(int rank, int size, Path folder, FileStore store, ProcessGroupGloo gloo) {
        this.rank = rank;
        this.size = size;
        this.folder = folder;
        this.store = store;
        this.gloo = gloo;
    }

    /// Connects to all others, and waits until all have.
    ///
    /// @param rank from 0
    /// @param size how many ranks there are, at least 2
    /// @param own address of this machine that the others reach
    /// @param patience how long each operation waits for the others
    /// @throws SartorException resources are missing when a connection fails
    public static ProcessGroup connect(
            int rank, int size, InetAddress own, Addresses addresses, Duration patience) {
        NativeLibraries.loadAlso("jnitorch_gloo");
        var folder = temporaryFolder();
        var store = new FileStore(folder.resolve("store").toString(), size);
        var waits = new Milliseconds(patience.toMillis());
        try (var relay = new StoreRelay(store, rank, size, addresses);
                var _ = QuietOutput.begin();
                var options = ProcessGroupGloo.Options.create(waits);
                var device = ProcessGroupGloo.createDeviceForHostname(own.getHostAddress(), false);
                var devices = new GlooDeviceVector(device)) {
            relay.begin();
            options.devices(devices);
            var gloo = new ProcessGroupGloo(store, rank, size, options);
            return new ProcessGroup(rank, size, folder, store, gloo);
        } catch (RuntimeException e) {
            store.close();
            delete(folder);
            throw lost("cannot connect to the other ranks", e);
        }
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("sartor-ranks");
        } catch (IOException e) {
            throw SartorException.missing(
                    "cannot make a temporary folder for the ranks' addresses: " + e.getMessage(),
                    e);
        }
    }

    private static void delete(Path folder) {
        try {
            Folders.delete(folder);
        } catch (IOException e) {
            throw SartorException.missing("cannot remove " + folder + ": " + e.getMessage(), e);
        }
    }

    public int rank() {
        return rank;
    }

    public int size() {
        return size;
    }

    /// Begins to replace the values by their sum over all ranks, which has the same bits everywhere. It goes on beside what this
    /// thread does then; several may be under way.
    ///
    /// @param values contiguous, of a type that adds up; untouched until the sum is there
    public Exchange beginSum(Tensor values) {
        try (var all = vector(values)) {
            return new Exchange(gloo.allreduce(all));
        }
    }

    /// Replaces the values by those of one rank.
    ///
    /// @param values contiguous
    /// @param from whose values they become
    public void broadcast(Tensor values, int from) {
        try (var all = vector(values);
                var options = new BroadcastOptions()) {
            options.rootRank(from);
            await(gloo.broadcast(all, options));
        }
    }

    /// To one other rank, which {@link #receive receives} them.
    ///
    /// @param values contiguous
    public void send(Tensor values, int to) {
        try (var all = vector(values)) {
            await(gloo.send(all, to, 0));
        }
    }

    /// Replaces the values by those that another rank {@link #send sends}.
    ///
    /// @param values contiguous
    public void receive(Tensor values, int from) {
        try (var all = vector(values)) {
            await(gloo.recv(all, from, 0));
        }
    }

    private static TensorVector vector(Tensor values) {
        return new TensorVector(values.raw());
    }

    private static void await(Work work) {
        try (var exchange = new Exchange(work)) {
            exchange.await();
        }
    }

    static SartorException lost(String what, RuntimeException cause) {
        return SartorException.missing(what + ": " + said(cause), cause);
    }

    /// The native library's words without its place in the source.
    private static String said(RuntimeException cause) {
        var text = String.valueOf(cause.getMessage()).strip();
        int end = text.indexOf("] ");
        var said = text.startsWith("[") && end > 0 ? text.substring(end + 2) : text;
        return said.lines().findFirst().orElse("");
    }

    @Override
    public void close() {
        Engine.run(() -> {
            gloo.close();
            store.close();
            delete(folder);
        });
    }
}
