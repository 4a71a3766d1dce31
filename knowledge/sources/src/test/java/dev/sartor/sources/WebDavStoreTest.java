package dev.sartor.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.catalina.servlets.WebdavServlet;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.webresources.StandardRoot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebDavStoreTest {
    @TempDir private Path root;

    private Tomcat server() throws Exception {
        var tomcat = new Tomcat();
        tomcat.setBaseDir(root.resolve("tomcat").toString());
        tomcat.setPort(0);
        var context = tomcat.addContext("", root.resolve("files").toAbsolutePath().toString());
        context.setResources(new StandardRoot(context));
        context.getResources().setCachingAllowed(false);
        var servlet = Tomcat.addServlet(context, "dav", new WebdavServlet());
        servlet.addInitParameter("listings", "true");
        context.addServletMappingDecoded("/*", "dav");
        tomcat.getConnector();
        tomcat.start();
        return tomcat;
    }

    private void write(String path, String text) throws Exception {
        var file = root.resolve("files").resolve(path);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, text);
    }

    @Test
    void aCollectionIsFollowedFileByFile() throws Exception {
        write("wiki/a.md", "# Kettles\nThey boil water.");
        write("wiki/lamps/b ü.md", "# Lamps\nThey shine.");
        write("wiki/lamps/c.txt", "Mugs hold tea.");
        write("other/d.md", "# Not below");
        var tomcat = server();
        try {
            var indexed = new IndexedSource(root);
            var source = "webdav://localhost:" + tomcat.getConnector().getLocalPort() + "/wiki";
            assertThat(indexed.counts(source)).isEqualTo(IndexedSource.ADDED);
            assertThat(indexed.found("kettles")).containsExactly("a.md");
            assertThat(indexed.counts(source)).isEqualTo(IndexedSource.UNCHANGED);
            write("wiki/a.md", "# Kettles\nThey whistle and sing.");
            assertThat(indexed.counts(source)).isEqualTo(IndexedSource.CHANGED);
            Files.delete(root.resolve("files/wiki/lamps/c.txt"));
            assertThat(indexed.counts(source)).isEqualTo(IndexedSource.REMOVED);
            write("wiki/lamps/.access.yaml", "readers: [group:sales]\n");
            assertThat(indexed.counts(source)).isEqualTo(IndexedSource.RELABELLED);
            assertThat(indexed.found("shine")).isEmpty();
            assertThat(indexed.found("shine", "group:sales")).containsExactly("lamps/b ü.md");
        } finally {
            tomcat.stop();
            tomcat.destroy();
        }
    }

    /// Each collection holds itself, its parent, and another one.
    @Test
    void collectionsThatNameThemselvesEndAndThoseWithoutEndAreRefused() throws Exception {
        var server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var below = new boolean[1];
        server.createContext(
                "/",
                exchange -> {
                    var at = exchange.getRequestURI().getPath();
                    var text = new StringBuilder("<multistatus xmlns='DAV:'>");
                    for (var href :
                            below[0]
                                    ? new String[] {at, "/w/", at + "x/"}
                                    : new String[] {at, "/w/", "/w/x/"}) {
                        text.append("<response><href>")
                                .append(href)
                                .append(
                                        "</href><propstat><prop><resourcetype><collection/></resourcetype></prop>")
                                .append("<status>HTTP/1.1 200 OK</status></propstat></response>");
                    }
                    var bytes =
                            text.append("</multistatus>")
                                    .toString()
                                    .getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(207, bytes.length);
                    exchange.getResponseBody().write(bytes);
                    exchange.close();
                });
        server.start();
        try {
            var indexed = new IndexedSource(root);
            var source = "webdav://localhost:" + server.getAddress().getPort() + "/w";
            assertThat(indexed.counts(source).added()).isZero();
            below[0] = true;
            assertThatThrownBy(() -> indexed.run(source))
                    .hasMessageContaining("some more than 64 deep");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void credentialsAreNotSentUnencryptedToAHostThatIsNotNamed() throws Exception {
        var indexed = new IndexedSource(root);
        indexed.environment.put("ANN", "ann");
        indexed.environment.put("WORD", "geheim");
        var source =
                indexed.settings(
                        "drive",
                        "address: webdav://192.88.99.1/dav\nuser_env: ANN\npassword_env: WORD\n");
        assertThatThrownBy(() -> indexed.run(source))
                .hasMessageContaining("is not encrypted, and credentials are not sent there")
                .hasMessageNotContaining("geheim");
    }
}
