package dev.sartor.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.SartorException;
import dev.sartor.documents.access.AccessManifest;
import dev.sartor.documents.access.AccessPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SitemapStoreTest {
    @TempDir private Path root;

    private IndexedSource indexed = new IndexedSource(Path.of(""));
    private Site site = site();

    private static Site site() {
        try {
            return new Site();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @BeforeEach
    void write() {
        indexed = new IndexedSource(root);
        site.pages.put("/a.txt", "Kettles boil water.");
        site.pages.put("/lamps/", "Lamps shine.");
        site.pages.put("/c.txt", "Mugs hold tea.");
        map(
                "<url><loc>SITE/a.txt</loc><lastmod>2026-01-01T10:00:00Z</lastmod></url>",
                "<url><loc>SITE/lamps/</loc></url>",
                "<url><loc>SITE/c.txt</loc></url>");
    }

    private void map(String... urls) {
        site.pages.put(
                "/sitemap.xml",
                "<?xml version=\"1.0\"?><urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">"
                        + String.join("", urls)
                        + "</urlset>");
    }

    @AfterEach
    void stop() {
        site.close();
    }

    private String source() throws Exception {
        return indexed.settings(
                "site", "address: " + site.at("/sitemap.xml") + "\nrequests_per_second: 100\n");
    }

    @Test
    void aSiteIsFollowedPageByPage() throws Exception {
        assertThat(indexed.counts(source())).isEqualTo(IndexedSource.ADDED);
        assertThat(indexed.found("kettles")).containsExactly("a.txt");
        assertThat(indexed.found("shine")).containsExactly("lamps/index.html");
        site.sent.clear();
        assertThat(indexed.counts(source())).isEqualTo(IndexedSource.UNCHANGED);
        assertThat(site.sent).as("sent whole").containsExactly("/sitemap.xml");
        site.pages.put("/c.txt", "Mugs hold coffee.");
        assertThat(indexed.counts(source())).isEqualTo(IndexedSource.CHANGED);
        site.pages.put("/a.txt", "Kettles whistle.");
        map(
                "<url><loc>SITE/a.txt</loc><lastmod>2026-01-02T10:00:00Z</lastmod></url>",
                "<url><loc>SITE/lamps/</loc></url>",
                "<url><loc>SITE/c.txt</loc></url>");
        assertThat(indexed.counts(source())).isEqualTo(IndexedSource.CHANGED);
        assertThat(indexed.found("whistle")).containsExactly("a.txt");
        map(
                "<url><loc>SITE/a.txt</loc><lastmod>2026-01-02T10:00:00Z</lastmod></url>",
                "<url><loc>SITE/lamps/</loc></url>");
        assertThat(indexed.counts(source())).isEqualTo(IndexedSource.REMOVED);
        var manifest =
                Files.writeString(
                        root.resolve("access.yaml"),
                        "rules: [{paths: lamps, readers: [group:sales]}]");
        indexed.access =
                new AccessPolicy(Optional.of(AccessManifest.read(manifest)), false, true, "");
        assertThat(indexed.counts(source())).isEqualTo(IndexedSource.RELABELLED);
        assertThat(indexed.found("shine")).isEmpty();
    }

    @Test
    void robotsTxtIsObeyedAndOtherHostsAreLeftOut() throws Exception {
        site.pages.put("/robots.txt", "User-agent: *\nDisallow: /lamps/\n");
        map(
                "<url><loc>SITE/a.txt</loc></url>",
                "<url><loc>SITE/lamps/</loc></url>",
                "<url><loc>https://elsewhere.example/x</loc></url>");
        var report = indexed.run(source());
        assertThat(report.counts().added()).isEqualTo(1);
        assertThat(report.failed())
                .extracting(each -> each.path() + ": " + each.reason())
                .containsExactlyInAnyOrder(
                        "robots.txt: disallows 1 pages, the first is /lamps/",
                        "sitemap: 1 pages of other hosts are left out");
        site.pages.put("/robots.txt", "User-agent: sartor\nCrawl-delay: 600\n");
        assertThatThrownBy(() -> indexed.run(source()))
                .hasMessageContaining("asks robots to wait 600 seconds between pages");
    }

    @Test
    void sitemapsThatNameEachOtherEnd() throws Exception {
        site.pages.put(
                "/index.xml",
                "<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"><sitemap><loc>SITE/index.xml</loc></sitemap>"
                        + "<sitemap><loc>SITE/sitemap.xml</loc></sitemap></sitemapindex>");
        assertThat(indexed.counts(site.at("/index.xml"))).isEqualTo(IndexedSource.ADDED);
    }

    @Test
    void aListingThatFailsPartWayRemovesNothing() throws Exception {
        indexed.run(source());
        var whole = site.pages.getOrDefault("/sitemap.xml", "");
        site.pages.put("/sitemap.xml", whole.substring(0, whole.length() / 2));
        assertThatThrownBy(() -> indexed.run(source())).hasMessageContaining("is no whole sitemap");
        site.answers.put("/sitemap.xml", List.of("403"));
        assertThatThrownBy(() -> indexed.run(source()))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("localhost answered 403 (forbidden) for http://localhost:");
        site.answers.put("/robots.txt", List.of("503", "Retry-After", "3600"));
        assertThatThrownBy(() -> indexed.run(source()))
                .hasMessageContaining("answered 503 (not available)")
                .hasMessageContaining(
                        "asks to wait 3600 seconds: run the same command again then.");
        assertThat(indexed.found("kettles")).containsExactly("a.txt");
    }

    @Test
    void aPageIsReadAsWhatItIsSaidToBe() throws Exception {
        site.pages.put("/a.html", "<html><h1>Kettles</h1><p>They &amp; we boil.</p></html>");
        map("<url><loc>SITE/a.html</loc></url>");
        indexed.run(source());
        assertThat(indexed.found("boil")).containsExactly("a.html");
    }

    @Test
    void waitsAsLongAsItIsAskedTo() throws Exception {
        site.answers.put("/a.txt", List.of("429", "Retry-After", "1", "once"));
        long begun = System.nanoTime();
        assertThat(indexed.counts(source())).isEqualTo(IndexedSource.ADDED);
        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .isGreaterThan(Duration.ofSeconds(1));
    }

    @Test
    void aPageThatCannotBeHadIsNamedAndTheOthersAreRead() throws Exception {
        site.answers.put("/a.txt", List.of("403"));
        site.answers.put("/c.txt", List.of("302", "Location", "/c.txt"));
        var report = indexed.run(source());
        assertThat(report.failed())
                .extracting(each -> each.path() + ": " + each.reason())
                .containsExactlyInAnyOrder(
                        "a.txt: could not be fetched: localhost answered 403 (forbidden) for "
                                + site.at("/a.txt"),
                        "c.txt: could not be fetched: "
                                + site.at("/c.txt")
                                + " redirects more than 3 times");
        assertThat(indexed.found("shine")).containsExactly("lamps/index.html");
        site.answers.clear();
        assertThat(indexed.counts(source()).changed()).isEqualTo(2);
        assertThat(indexed.found("kettles")).containsExactly("a.txt");
    }

    @Test
    void aRedirectToThePrivateNetworkIsRefused() throws Exception {
        site.answers.put(
                "/sitemap.xml",
                List.of("302", "Location", "http://169.254.169.254/latest/meta-data/"));
        assertThatThrownBy(() -> indexed.run(source()))
                .hasMessageContaining(
                        "169.254.169.254 is on the private network (169.254.169.254)");
    }

    @Test
    void whatNeverEndsIsStopped() throws Exception {
        indexed.bounds =
                new WebClient.Bounds(3, Duration.ofSeconds(1), Duration.ZERO, Duration.ZERO, 1);
        site.endless.add("/sitemap.xml");
        assertThatThrownBy(() -> indexed.run(source()))
                .hasMessageContaining("did not end within 1 seconds");
    }
}
