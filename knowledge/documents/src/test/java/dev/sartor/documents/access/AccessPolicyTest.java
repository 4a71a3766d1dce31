package dev.sartor.documents.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.Principal;
import dev.sartor.core.SartorException;
import dev.sartor.documents.Glob;
import dev.sartor.documents.ParseLimits;
import dev.sartor.documents.source.DocumentSource;
import dev.sartor.documents.source.FolderSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessPolicyTest {
    @TempDir private Path root;

    private void write(String path, String text) throws IOException {
        var file = root.resolve(path);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, text);
    }

    private AccessPolicy manifest(String yaml, boolean isPublic) throws IOException {
        var file = Files.writeString(root.resolve(".manifest.yaml"), yaml);
        return new AccessPolicy(Optional.of(AccessManifest.read(file)), false, isPublic, "");
    }

    /// The documents that someone with these names may read.
    private List<String> readable(AccessPolicy policy, String... names) {
        var principal = new Principal(Set.of(names));
        try (var shelf = new FolderSource(root, List.of(), policy, ParseLimits.usual())) {
            return shelf.list().stream()
                    .filter(listed -> listed.readers().admit(principal))
                    .map(DocumentSource.Listed::path)
                    .toList();
        }
    }

    private void tree() throws IOException {
        write("handbook.md", "x");
        write("hr/pay.md", "x");
        write("hr/board/plan.md", "x");
    }

    @Test
    void aManifestsRuleForAFolderHoldsBelowItUntilALaterOneSaysOtherwise() throws IOException {
        tree();
        var policy =
                manifest(
                        """
                        rules:
                          - paths: "*.md"
                            readers: everyone
                          - paths: hr
                            readers: [group:hr]
                          - paths: ["hr/board/**"]
                            readers: [group:board]
                        """,
                        false);
        assertThat(readable(policy, "user:ann")).containsExactly("handbook.md");
        assertThat(readable(policy, "group:hr")).containsExactly("handbook.md", "hr/pay.md");
        assertThat(readable(policy, "group:board"))
                .containsExactly("handbook.md", "hr/board/plan.md");
    }

    @Test
    void aDenialHoldsWhateverElseIsSaid() throws IOException {
        tree();
        var policy =
                manifest(
                        """
                        rules:
                          - paths: hr
                            readers: [group:hr]
                            deny: [user:bob]
                          - paths: "**"
                            readers: everyone
                        """,
                        true);
        assertThat(readable(policy, "user:ann")).hasSize(3);
        assertThat(readable(policy, "user:bob", "group:hr")).containsExactly("handbook.md");
    }

    @Test
    void whatNoRuleIsAboutIsForNobodyUnlessTheIndexIsPublic() throws IOException {
        tree();
        var rules = "rules:\n  - {paths: hr, readers: [group:hr]}\n";
        assertThat(readable(manifest(rules, false), "user:ann", "group:hr"))
                .containsExactly("hr/board/plan.md", "hr/pay.md");
        assertThat(readable(manifest(rules, true), "user:ann")).containsExactly("handbook.md");
        assertThat(readable(AccessPolicy.none(), "user:ann")).isEmpty();
    }

    @Test
    void sidecarsAreInheritedAndTheNearestNamesTheReaders() throws IOException {
        tree();
        write(".access.yaml", "readers: everyone\ndeny: user:eve\n");
        write("hr/.access.yaml", "readers: [group:hr]");
        write("hr/pay.md.access.yaml", "{\"readers\": [\"user:ann\"]}");
        var none = AccessPolicy.none();
        assertThat(readable(none, "user:ben")).containsExactly("handbook.md");
        assertThat(readable(none, "group:hr")).containsExactly("handbook.md", "hr/board/plan.md");
        assertThat(readable(none, "user:ann")).containsExactly("handbook.md", "hr/pay.md");
        assertThat(readable(none, "user:eve", "group:hr")).isEmpty();
    }

    @Test
    void aSidecarCannotOpenWhatTheManifestKeepsClosed() throws IOException {
        tree();
        write("hr/.access.yaml", "readers: everyone");
        var policy = manifest("rules: [{paths: hr, readers: [group:hr]}]", false);
        assertThat(readable(policy, "user:ben")).isEmpty();
        assertThat(readable(policy, "group:hr")).containsExactly("hr/board/plan.md", "hr/pay.md");
    }

    @Test
    void aSidecarThatCannotBeUnderstoodLetsNobodyReadAndIsNamed() throws IOException {
        tree();
        write("hr/.access.yaml", "reader: [group:hr]");
        try (var shelf =
                new FolderSource(root, List.of(), AccessPolicy.everyone(), ParseLimits.usual())) {
            var ann = new Principal(Set.of("user:ann", "group:hr"));
            assertThat(shelf.list())
                    .filteredOn(listed -> listed.readers().admit(ann))
                    .extracting(DocumentSource.Listed::path)
                    .containsExactly("handbook.md");
            assertThat(shelf.remarks())
                    .singleElement()
                    .hasToString(
                            "hr/.access.yaml: nobody may read what it is about: unknown key"
                                    + " 'reader'. Did you mean 'readers'?");
        }
    }

    @Test
    void aKeyWhoseValueIsMissingIsRefusedAndOpensNothing() throws IOException {
        tree();
        for (var text : List.of("readers:", "readers: everyone\ndeny:", "readers: ''")) {
            write("hr/.access.yaml", text);
            assertThat(readable(AccessPolicy.everyone(), "user:ann", "group:hr"))
                    .as(text)
                    .containsExactly("handbook.md");
        }
        assertThatThrownBy(() ->
                        manifest(
                                """
                                rules:
                                  - {paths: a, readers: }
                                  - {paths: b, readers: everyone, deny: }
                                """,
                                true))
                .hasMessageContaining(
                        "rule 1: readers is blank: name users or groups, such as [group:sales], or"
                                + " write [] for nobody, everyone for all.")
                .hasMessageContaining("rule 2: deny is blank: name users or groups");
    }

    /// It may have denied those whom the nearer one names.
    @Test
    void aNearerSidecarDoesNotOpenWhatOneThatCannotBeUnderstoodKeepsClosed() throws IOException {
        tree();
        write("hr/.access.yaml", "readers: [group:hr]\ndeny: [user:bob\n");
        write("hr/pay.md.access.yaml", "readers: everyone");
        write("hr/board/.access.yaml", "readers: [user:bob]");
        assertThat(readable(AccessPolicy.everyone(), "user:bob", "group:hr"))
                .containsExactly("handbook.md");
    }

    @Test
    void allThatIsWrongWithAManifestIsSaidAtOnce() {
        assertThatThrownBy(() ->
                        manifest(
                                """
                                rules:
                                  - readers: [sales]
                                  - paths: a
                                  - {paths: b, deny: everyone}
                                """,
                                false))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("rule 1: must name paths")
                .hasMessageContaining("rule 1: readers must hold names such as user:ann")
                .hasMessageContaining("rule 2: must name readers, or whom to deny")
                .hasMessageContaining("rule 3: deny must name users or groups");
    }

    @Test
    void theFileSystemsBitsDecideForOwnerGroupAndOthersEachAlone() throws IOException {
        tree();
        var attributes = Files.readAttributes(root, PosixFileAttributes.class);
        var owner = "user:" + attributes.owner().getName();
        var group = "group:" + attributes.group().getName();
        set("", "rwxr-xr-x");
        set("hr", "rwxr-x--x");
        set("hr/board", "rwx------");
        set("handbook.md", "rw----r--");
        set("hr/pay.md", "rw-r-----");
        set("hr/board/plan.md", "rw-rw-rw-");
        var policy = new AccessPolicy(Optional.empty(), true, false, "");
        assertThat(readable(policy, owner, group)).hasSize(3);
        assertThat(readable(policy, group)).containsExactly("hr/pay.md");
        assertThat(readable(policy, "user:other")).containsExactly("handbook.md");
    }

    private void set(String path, String permissions) throws IOException {
        Files.setPosixFilePermissions(
                root.resolve(path), PosixFilePermissions.fromString(permissions));
    }

    @Test
    void ignoreFilesLeaveOutAsGitDoes() throws IOException {
        write(".sartorignore", "# drafts\n*.tmp\n/build\nold/\n!keep.tmp\nlogs/*.txt\n");
        write("a/.sartorignore", "b.md\n!c.tmp\n");
        for (var path :
                List.of(
                        "x.tmp",
                        "keep.tmp",
                        "build/y.md",
                        "a/build/y.md",
                        "a/b.md",
                        "b.md",
                        "a/c.tmp",
                        "a/old/z.md",
                        "old",
                        "logs/l.txt",
                        "logs/deep/l.txt")) {
            write(path, "x");
        }
        try (var shelf =
                new FolderSource(root, List.of(), AccessPolicy.everyone(), ParseLimits.usual())) {
            assertThat(shelf.list())
                    .extracting(DocumentSource.Listed::path)
                    .containsExactly(
                            "a/build/y.md",
                            "a/c.tmp",
                            "b.md",
                            "keep.tmp",
                            "logs/deep/l.txt",
                            "old");
        }
    }

    @Test
    void patternsMeanWhatGitMeansByThem() {
        assertThat(fitting("**/*.md", "a.md", "x/a.md", "a.txt")).containsExactly("a.md", "x/a.md");
        assertThat(fitting("x/**", "x/a", "x/y/a", "xa")).containsExactly("x/a", "x/y/a");
        assertThat(fitting("x/**/a", "x/a", "x/y/z/a", "x/ya")).containsExactly("x/a", "x/y/z/a");
        assertThat(fitting("[ab]?.md", "a1.md", "c1.md", "a/.md")).containsExactly("a1.md");
        assertThat(fitting("[!a]\\*", "b*", "a*", "bc")).containsExactly("b*");
    }

    private static List<String> fitting(String glob, String... paths) {
        return List.of(paths).stream().filter(Glob.of(glob)::fits).collect(Collectors.toList());
    }
}
