package dev.sartor.generate;

import dev.sartor.core.SartorException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;

/// Finds folders among the test resources.
public final class TestFiles {
    private TestFiles() {}

    /// @param file a file of the folder
    public static Path folder(String file) {
        try {
            var url = Objects.requireNonNull(TestFiles.class.getResource(file), file);
            return Objects.requireNonNull(Path.of(url.toURI()).getParent());
        } catch (URISyntaxException e) {
            throw SartorException.defect("bad resource address", e);
        }
    }
}
