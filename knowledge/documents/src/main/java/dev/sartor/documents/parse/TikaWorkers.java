package dev.sartor.documents.parse;

import dev.sartor.core.SartorException;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.core.file.Folders;
import dev.sartor.documents.ParseLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.tika.exception.TikaConfigException;
import org.apache.tika.pipes.PipesConfig;

/// The JVMs beside this one in which Tika reads what others wrote: a damaged or hostile file can cost a worker its time
/// or its heap, never this process its life. A worker starts with its first file (about 0.6 s). Safe for concurrent
/// callers, of whom as many are served at once as there are workers.
public final class TikaWorkers implements AutoCloseable {
    /// Tika logs what a {@link ParseReport} says; held here, as a logger's level is lost with the logger.
    private static final Logger TIKA_LOG = Logger.getLogger("org.apache.tika.pipes");

    private final Path folder;
    private final List<TikaWorker> all;
    private final BlockingQueue<TikaWorker> idle;

    private TikaWorkers(Path folder, List<TikaWorker> all) {
        this.folder = folder;
        this.all = all;
        this.idle = new ArrayBlockingQueue<>(all.size(), false, all);
    }

    public static TikaWorkers prepare(ParseLimits limits, int workers) {
        TIKA_LOG.setLevel(Level.OFF);
        try {
            var folder = Files.createTempDirectory("sartor-parse-");
            var config = folder.resolve("tika.xml");
            var logging = folder.resolve("logging.properties");
            AtomicFile.write(config, TikaWorker.CONFIGURATION);
            AtomicFile.write(logging, "handlers=\n.level=OFF\n");
            var pipes = PipesConfig.load(config);
            pipes.setTikaConfig(config);
            pipes.setNumClients(1);
            pipes.setJavaPath(WorkerEnvironment.java(folder, System.getenv()));
            pipes.setForkedJvmArgs(jvmArguments(limits, folder, logging));
            pipes.setTimeoutMillis(limits.time().toMillis());
            pipes.setMaxForEmitBatchBytes(-1);
            var all = new ArrayList<TikaWorker>();
            for (int i = 0; i < workers; i++) {
                all.add(new TikaWorker(pipes, limits));
            }
            return new TikaWorkers(folder, all);
        } catch (IOException | TikaConfigException e) {
            throw SartorException.missing(
                    "cannot prepare the document parser: "
                            + e.getMessage()
                            + ". Check that the folder for temporary files can be written.",
                    e);
        }
    }

    /// The worker speaks through its standard output: nothing else may print there.
    private static List<String> jvmArguments(ParseLimits limits, Path folder, Path logging) {
        return List.of(
                "-cp",
                System.getProperty("java.class.path"),
                "-Xmx" + limits.heapMib() + "m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                "-Xlog:disable",
                "-Xlog:all=error:stderr",
                "-Djava.awt.headless=true",
                "-Djava.io.tmpdir=" + folder,
                "-Dpdfbox.fontcache=" + System.getProperty("java.io.tmpdir"),
                "-Djava.util.logging.config.file=" + logging,
                "-Dslf4j.internal.verbosity=ERROR",
                "-Dlog4j2.StatusLogger.level=OFF",
                "-Dlog4j.provider=org.apache.logging.log4j.simple.internal.SimpleProvider");
    }

    public int count() {
        return all.size();
    }

    /// @param languages to recognise text of pictures in; empty where it is not to be
    public TikaWorker.Outcome parse(Path file, Optional<String> languages) {
        try {
            var worker = idle.take();
            try {
                return worker.parse(file, languages);
            } finally {
                idle.put(worker);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SartorException.missing("reading " + file + " was interrupted", e);
        }
    }

    @Override
    public void close() {
        try {
            for (var worker : all) {
                worker.close();
            }
            Folders.delete(folder);
        } catch (IOException e) {
            org.slf4j.LoggerFactory.getLogger(TikaWorkers.class).warn("left behind: {}", folder, e);
        }
    }
}
