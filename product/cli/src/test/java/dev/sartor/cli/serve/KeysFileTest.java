package dev.sartor.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.SartorException;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.core.file.Sha256;
import dev.sartor.serve.ApiKey;
import dev.sartor.serve.Scope;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysFileTest {
    @TempDir private Path folder;

    private Path written(String text) {
        var file = folder.resolve("keys.yaml");
        AtomicFile.write(file, text);
        return file;
    }

    private static List<ApiKey> read(Path file) {
        return FollowedKeys.open(file, List.of()).now().keys();
    }

    @Test
    void eachKeyHasAHolder() {
        var file =
                written(
                        """
                        keys:
                          - sha256: %s
                            user: ann
                            groups: [sales, hr]
                          - sha256: %s
                            groups: [support]
                        """
                                .formatted(Sha256.of("first-key"), Sha256.of("second-key")));
        var keys = read(file);
        assertThat(keys).hasSize(2);
        assertThat(keys.getFirst().toString()).contains("user:ann", "group:sales", "group:hr");
        assertThat(keys.getLast().toString()).contains("[group:support]");
    }

    /// Documents of two tenants in one index are kept apart by rules such as `readers: [tenant:acme]`.
    @Test
    void aHolderCanHaveATenant() {
        var file =
                written(
                        """
                        keys:
                          - {sha256: %s, user: ann, tenant: acme}
                          - {sha256: %s, tenant: globex}
                        """
                                .formatted(Sha256.of("first-key"), Sha256.of("second-key")));
        var keys = read(file);
        assertThat(keys.getFirst().toString()).contains("user:ann", "tenant:acme");
        assertThat(keys.getLast().toString()).contains("[tenant:globex]");
    }

    @Test
    void aKeyIsForTheScopesThatItNames() {
        var entries =
                """
                keys:
                  - {sha256: %s, user: ann}
                  - {sha256: %s, user: ben, scopes: [metrics, embed]}
                """
                        .formatted(Sha256.of("first-key"), Sha256.of("second-key"));
        var keys = read(written(entries));
        assertThat(keys.getFirst().scopes()).isEqualTo(Scope.usual());
        assertThat(keys.getLast().scopes()).containsExactlyInAnyOrder(Scope.METRICS, Scope.EMBED);
        assertThatThrownBy(() -> read(written(entries.replace("metrics", "metric"))))
                .hasMessageContaining("key 2: scopes must be of infer, embed, search, tune, admin,")
                .hasMessageContaining("got 'metric'");
        assertThatThrownBy(() -> read(written(entries.replace("[metrics, embed]", "embed"))))
                .hasMessageContaining("key 2: scopes must name at least one of");
    }

    @Test
    void aBlankUserGroupOrTenantIsToldWithItsKey() {
        var file =
                written(
                        """
                        keys:
                          - {sha256: %s, user: "", groups: [sales]}
                          - {sha256: %s, user: ann, groups: [""]}
                          - {sha256: %s, user: bob, tenant: }
                        """
                                .formatted(Sha256.of("a"), Sha256.of("b"), Sha256.of("c")));
        assertThatThrownBy(() -> read(file))
                .hasMessageContaining("key 1: user must be a name, got ")
                .hasMessageContaining("key 2: groups must hold names")
                .hasMessageContaining("key 3: tenant must be a name, got null");
    }

    @Test
    void allThatIsWrongIsToldAtOnce() {
        var file =
                written(
                        """
                        keys:
                          - sha256: secret-key
                            user: ann
                          - sha256: %s
                            group: [sales]
                          - sha256: %1$s
                            user: bob
                            groups: sales
                        """
                                .formatted(Sha256.of("one")));
        assertThatThrownBy(() -> read(file))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining(file + ": key 1: sha256 must be the 64 hexadecimal digits")
                .hasMessageNotContaining("secret-key")
                .hasMessageContaining("key 2: unknown key 'group'. Did you mean 'groups'?")
                .hasMessageContaining(
                        "key 2: must name its holder: a user, groups, a tenant, or several of these.")
                .hasMessageContaining("key 3: has the same sha256 as one before")
                .hasMessageContaining("key 3: groups must be a list")
                .hasMessageContaining("5 problems");
    }

    @Test
    void aFileOfSomethingElseIsRefused() {
        for (var text : new String[] {"", "keys: []", "[1, 2]", "key: x", "a: b: c"}) {
            var file = written(text);
            assertThatThrownBy(() -> read(file))
                    .as(text)
                    .isInstanceOf(SartorException.class)
                    .hasMessageContaining(file.toString());
        }
        assertThatThrownBy(() -> read(folder.resolve("none.yaml")))
                .hasMessageContaining("--keys names a file of keys");
    }
}
