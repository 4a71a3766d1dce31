package dev.sartor.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.SartorException;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

class S3StoreTest {
    private static final BlobStore STORE = new TransientNio2BlobStore();
    private static S3Proxy server;

    @TempDir private Path root;

    private IndexedSource indexed = new IndexedSource(Path.of(""));

    @BeforeAll
    static void serve() throws Exception {
        server =
                S3Proxy.builder()
                        .blobStore(STORE)
                        .endpoint(URI.create("http://127.0.0.1:0"))
                        .awsAuthentication(AuthenticationType.AWS_V4, "the-key", "the-secret")
                        .build();
        server.start();
        STORE.createContainer("docs");
    }

    @AfterAll
    static void stop() throws Exception {
        server.stop();
    }

    @BeforeEach
    void credentials() {
        indexed = new IndexedSource(root);
        indexed.environment.put("THE_KEY", "the-key");
        indexed.environment.put("THE_SECRET", "the-secret");
    }

    private static void put(String key, String text) {
        STORE.putBlob(
                PutObjectRequest.builder().bucket("docs").key(key).build(),
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private String source(String prefix) throws Exception {
        return indexed.settings(
                "bucket",
                """
                address: s3://docs/PREFIX
                endpoint: http://127.0.0.1:PORT
                access_key_env: THE_KEY
                secret_key_env: THE_SECRET
                """
                        .replace("PREFIX", prefix)
                        .replace("PORT", String.valueOf(server.getPort())));
    }

    @Test
    void aBucketIsFollowedObjectByObject() throws Exception {
        put("wiki/a.md", "# Kettles\nThey boil water.");
        put("wiki/lamps/b ü+.md", "# Lamps\nThey shine.");
        put("wiki/lamps/c.txt", "Mugs hold tea.");
        put("elsewhere.md", "# Not below the prefix");
        assertThat(indexed.counts(source("wiki"))).isEqualTo(IndexedSource.ADDED);
        assertThat(indexed.found("kettles")).containsExactly("a.md");
        assertThat(indexed.counts(source("wiki"))).isEqualTo(IndexedSource.UNCHANGED);
        put("wiki/a.md", "# Kettles\nThey whistle.");
        assertThat(indexed.counts(source("wiki"))).isEqualTo(IndexedSource.CHANGED);
        STORE.removeBlob("docs", "wiki/lamps/c.txt");
        assertThat(indexed.counts(source("wiki"))).isEqualTo(IndexedSource.REMOVED);
        put("wiki/lamps/.access.yaml", "readers: [group:sales]\n");
        assertThat(indexed.counts(source("wiki"))).isEqualTo(IndexedSource.RELABELLED);
        assertThat(indexed.found("shine")).isEmpty();
        assertThat(indexed.found("shine", "group:sales")).containsExactly("lamps/b ü+.md");
    }

    @Test
    void manyObjectsComeInPages() throws Exception {
        for (int i = 0; i < 5; i++) {
            put("many/" + i + ".md", "x");
        }
        var settings = SourceSettings.of(source("many"));
        SourceSettings.Environment environment =
                name -> Optional.ofNullable(indexed.environment.get(name));
        var client =
                new WebClient(
                        new AddressGuard(indexed.privateHosts),
                        S3Signature.of(settings, environment, Clock.systemUTC()),
                        indexed.bounds);
        try (var store = new S3Store(settings, client, 2)) {
            assertThat(store.list(Map.of()).entries())
                    .extracting(Store.Entry::path)
                    .containsExactly("0.md", "1.md", "2.md", "3.md", "4.md");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a//b.md", "../b.md", "a/./b", "a\\b", "a/\u0000", "/a"})
    void namesThatLeadElsewhereAreNoDocuments(String path) {
        assertThat(Names.fault(path)).isPresent();
        assertThat(Names.file(path, "md"))
                .doesNotContain("/", "\\", "\u0000")
                .doesNotStartWith(".");
    }

    @Test
    void aWrongSecretIsAnsweredWith403AndNothingIsRemoved() throws Exception {
        put("kept/a.md", "# Kettles\nThey boil water.");
        indexed.run(source("kept"));
        indexed.environment.put("THE_SECRET", "another");
        assertThatThrownBy(() -> indexed.run(source("kept")))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("127.0.0.1 answered 403 (forbidden) for http://127.0.0.1:")
                .hasMessageContaining("name the environment variables with credentials");
        assertThat(indexed.found("kettles")).containsExactly("a.md");
    }

    /// The example of Amazon's documentation, "GET Bucket (List Objects)".
    @Test
    void signaturesAreAmazonsOwn() {
        var signature =
                new S3Signature(
                        "AKIAIOSFODNN7EXAMPLE",
                        "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
                        Optional.empty(),
                        "us-east-1",
                        Clock.fixed(Instant.parse("2013-05-24T00:00:00Z"), ZoneOffset.UTC));
        assertThat(
                        signature.headers(
                                "GET",
                                URI.create(
                                        "https://examplebucket.s3.amazonaws.com/?max-keys=2&prefix=J")))
                .extractingByKey("Authorization")
                .asString()
                .endsWith(
                        "Signature=34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7");
    }
}
