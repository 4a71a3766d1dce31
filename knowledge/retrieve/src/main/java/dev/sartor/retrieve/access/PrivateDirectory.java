package dev.sartor.retrieve.access;

import dev.sartor.core.file.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.FilterDirectory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexOutput;
import org.apache.lucene.store.Lock;
import org.slf4j.LoggerFactory;

/// A Lucene directory whose folder and files are their owner's alone: passages stand in them, whoever may read those.
public final class PrivateDirectory extends FilterDirectory {
    private final Path folder;

    private PrivateDirectory(FSDirectory directory) {
        super(directory);
        this.folder = directory.getDirectory();
    }

    /// What an index is written into; what earlier versions wrote there becomes private, too.
    public static PrivateDirectory open(Path folder) throws IOException {
        PrivateFiles.makeFolder(folder);
        try (var files = Files.newDirectoryStream(folder, Files::isRegularFile)) {
            for (var file : files) {
                tighten(file);
            }
        }
        return new PrivateDirectory(FSDirectory.open(folder));
    }

    /// Before the lock is held, another process may remove files.
    private static void tighten(Path file) throws IOException {
        try {
            PrivateFiles.tighten(file);
        } catch (NoSuchFileException e) {
            LoggerFactory.getLogger(PrivateDirectory.class).debug("gone meanwhile: {}", file, e);
        }
    }

    @Override
    public IndexOutput createOutput(String name, IOContext context) throws IOException {
        return tightened(super.createOutput(name, context));
    }

    @Override
    public IndexOutput createTempOutput(String prefix, String suffix, IOContext context)
            throws IOException {
        return tightened(super.createTempOutput(prefix, suffix, context));
    }

    @Override
    public Lock obtainLock(String name) throws IOException {
        var lock = super.obtainLock(name);
        try {
            PrivateFiles.tighten(folder.resolve(name));
            return lock;
        } catch (IOException e) {
            lock.close();
            throw e;
        }
    }

    private IndexOutput tightened(IndexOutput out) throws IOException {
        try {
            PrivateFiles.tighten(folder.resolve(out.getName()));
            return out;
        } catch (IOException e) {
            out.close();
            throw e;
        }
    }
}
