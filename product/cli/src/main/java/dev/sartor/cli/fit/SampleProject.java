package dev.sartor.cli.fit;

import dev.sartor.core.SartorException;
import dev.sartor.core.file.AtomicFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The sample project, which lies in the jar as it stands in samples/helpdesk: the help desk of an invented company.
public final class SampleProject {
    private static final String FOLDER = "/sample/helpdesk/";

    private SampleProject() {}

    /// What was done. The rest of the project's files lay there already.
    ///
    /// @param written relative to the project's folder
    /// @param changed files that are there with another content; they were left alone
    record LaidOut(List<String> written, List<String> changed) {
        LaidOut {
            written = List.copyOf(written);
            changed = List.copyOf(changed);
        }
    }

    /// Writes whatever of the project is not there. A file that somebody has changed stays as it is.
    public static LaidOut layOut(Path folder) {
        var written = new ArrayList<String>();
        var changed = new ArrayList<String>();
        for (var name : files()) {
            var file = folder.resolve(name);
            var content = content(name);
            if (!Files.exists(file)) {
                AtomicFile.publish(file, out -> out.write(content));
                written.add(name);
            } else if (!holds(file, content)) {
                changed.add(name);
            }
        }
        return new LaidOut(written, changed);
    }

    /// All of its files, with `/`, below the project's folder.
    static List<String> files() {
        var index = new String(read("sample-files.txt"), StandardCharsets.UTF_8);
        return index.lines().toList();
    }

    static byte[] content(String name) {
        return read(FOLDER + name);
    }

    private static boolean holds(Path file, byte[] content) {
        try {
            return Files.size(file) == content.length
                    && Arrays.equals(Files.readAllBytes(file), content);
        } catch (IOException e) {
            throw SartorException.missing("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private static byte[] read(String resource) {
        try (InputStream in = SampleProject.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw SartorException.defect("the resource " + resource + " is not in the jar");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw SartorException.defect("the resource " + resource + " cannot be read", e);
        }
    }
}
