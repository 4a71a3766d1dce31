package dev.sartor.documents.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.Principal;
import dev.sartor.core.SartorException;
import dev.sartor.documents.AccessRule;
import dev.sartor.documents.ParseReport;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderAccessTest {
    private static final Principal ANN = new Principal(Set.of("user:ann"));

    @TempDir private Path top;

    private Path write(String path, String text) throws IOException {
        var file = top.resolve(path);
        Files.createDirectories(file.resolveSibling("."));
        return Files.writeString(file, text);
    }

    private static boolean admits(List<AccessRule> rules, Principal principal) {
        return AccessPolicy.everyone().of("x", rules).admit(principal);
    }

    @Test
    void whatStandsAboveTheRootIsNotAsked() throws IOException {
        write(".access.yaml", "readers: []");
        var file = write("root/a.md", "x");
        assertThat(new FolderAccess(top.resolve("root"), false).of(file))
                .containsExactly(AccessRule.silent());
    }

    @Test
    void aSidecarOfOneDocumentIsNotAboutItsNeighbour() throws IOException {
        var one = write("a.md", "x");
        var other = write("b.md", "x");
        write("a.md.access.yaml", "readers: []");
        var access = new FolderAccess(top, false);
        assertThat(admits(access.of(one), ANN)).isFalse();
        assertThat(admits(access.of(other), ANN)).isTrue();
        assertThat(access.broken()).isEmpty();
    }

    @Test
    void eachFolderIsListedOnce() throws IOException {
        var one = write("hr/a.md", "x");
        var other = write("hr/b.md", "x");
        write("hr/.access.yaml", "reader: x");
        var access = new FolderAccess(top, false);
        assertThat(admits(access.of(one), ANN)).isFalse();
        write("hr/b.md.access.yaml", "readers: everyone");
        Files.delete(top.resolve("hr/.access.yaml"));
        assertThat(admits(access.of(other), ANN)).isFalse();
        assertThat(access.broken())
                .extracting(ParseReport.Unreadable::path)
                .containsExactly("hr/.access.yaml");
    }

    @Test
    void aSidecarThatIsTooLargeIsNamedAndLetsNobodyRead() throws IOException {
        var file = write("a.md", "x");
        write("a.md.access.yaml", "#\n".repeat(2 << 20));
        var access = new FolderAccess(top, false);
        assertThat(admits(access.of(file), ANN)).isFalse();
        assertThat(access.broken())
                .singleElement()
                .satisfies(broken ->
                        assertThat(broken.toString())
                                .startsWith("a.md.access.yaml: nobody may read what it is about: ")
                                .contains("must have at most 3,145,728 bytes"));
    }

    @Test
    void withoutTheFileSystemsBitsOnlySidecarsAreAsked() throws IOException {
        var file = write("a.md", "x");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertThat(new FolderAccess(top, false).of(file)).hasSize(1);
        assertThat(new FolderAccess(top, true).of(file)).hasSize(2);
    }

    @Test
    void anOwnerWhoseOwnBitIsMissingMayNotReadThoughOthersMay() throws IOException {
        var file = write("a.md", "x");
        Files.setPosixFilePermissions(top, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("-w-r--r--"));
        var attributes = Files.readAttributes(file, PosixFileAttributes.class);
        var owner = new Principal(Set.of("user:" + attributes.owner().getName()));
        var rules = new FolderAccess(top, true).of(file);
        assertThat(admits(rules, owner)).isFalse();
        assertThat(admits(rules, ANN)).isTrue();
    }

    @Test
    void aFolderThatOthersMayNotPassHidesWhatIsFarBelow() throws IOException {
        var file = write("a/b/c.md", "x");
        var neighbour = write("d/c.md", "x");
        for (var path : List.of("", "a/b", "d")) {
            Files.setPosixFilePermissions(
                    top.resolve(path), PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        Files.setPosixFilePermissions(
                top.resolve("a"), PosixFilePermissions.fromString("rwxr-x---"));
        for (var each : List.of(file, neighbour)) {
            Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("rw-r--r--"));
        }
        var access = new FolderAccess(top, true);
        assertThat(admits(access.of(file), ANN)).isFalse();
        assertThat(admits(access.of(file), ANN)).isFalse();
        assertThat(admits(access.of(neighbour), ANN)).isTrue();
    }

    @Test
    void aFileSystemWithoutOwnersCannotBeAsked() throws IOException {
        try (var zip = FileSystems.newFileSystem(top.resolve("a.zip"), Map.of("create", "true"))) {
            var root = zip.getPath("/docs");
            Files.createDirectory(root);
            var file = Files.writeString(root.resolve("a.md"), "x");
            assertThatThrownBy(() -> new FolderAccess(root, true).of(file))
                    .isInstanceOfSatisfying(
                            SartorException.class,
                            e -> assertThat(e.kind()).isEqualTo(SartorException.Kind.USER))
                    .hasMessageContaining("--file-permissions needs a file system with owners");
            assertThat(new FolderAccess(root, false).of(file)).hasSize(1);
        }
    }
}
