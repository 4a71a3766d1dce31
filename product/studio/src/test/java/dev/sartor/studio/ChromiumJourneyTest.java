package dev.sartor.studio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.compare.approach.Desk;
import dev.sartor.core.Score;
import dev.sartor.tune.AnswerSample;
import dev.sartor.tune.TrainingReport;
import dev.sartor.tune.TrainingWatcher;
import dev.sartor.tune.trainer.TrainingLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// In a real browser over a real comparison: what a person reaches by the keyboard alone, what axe-core finds on each page, and that
/// pages fit a telephone. Needs a Chromium, which not every machine has: `mvn -Dtiers.excluded=none -Dfast -pl product/studio -am
/// -Dtest=ChromiumJourneyTest -Dsurefire.failIfNoSpecifiedTests=false test`. With `-Dstudio.screenshots=FOLDER` it leaves pictures of each page.
@Tag("bench")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChromiumJourneyTest {
    private static final String AXE = "/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js";

    private Path top = Path.of("");
    private Optional<Chromium> started = Optional.empty();
    private Optional<Visit> visited = Optional.empty();

    @BeforeAll
    void compareAndStart(@TempDir Path made) {
        top = made;
        var program = Chromium.program();
        assertThat(program).as("a Chromium on this machine (apt install chromium)").isPresent();
        var folder = top.resolve("desk");
        new Desk(folder).compare();
        train(folder.resolve("runs/adapters/route-12345678"), 1.0);
        train(folder.resolve("runs/adapters/route-87654321"), 1.4);
        visited = Optional.of(new Visit(top));
        started = Optional.of(new Chromium(program.get(), top.resolve(".chromium")));
    }

    private static void train(Path folder, double scale) {
        try (var log = new TrainingLog(folder)) {
            Visit.write(folder.resolve("readers.json"), "{}");
            log.begins(0, 60);
            for (int step = 1; step <= 60; step++) {
                log.step(
                        new TrainingReport.StepReport(
                                step, scale * (0.4 + 3.0 / step), 1e-4, 0.5 + 1.0 / step),
                        new TrainingWatcher.Pace(800 + step, 900));
                if (step % 20 == 0) {
                    var score = new Score("accuracy", 0.5 + step / 200.0, 0.4, 0.9, 12);
                    log.check(
                            new TrainingReport.CheckReport(
                                    step, step / 20.0, 0.5, Optional.of(score), Optional.empty()));
                }
            }
            log.answers(60, List.of(new AnswerSample("My brake squeals", "repair", "repair")));
        }
    }

    @AfterAll
    void stop() {
        started.ifPresent(Chromium::close);
        visited.ifPresent(Visit::close);
    }

    private Chromium browser() {
        return started.orElseThrow();
    }

    private Visit visit() {
        return visited.orElseThrow();
    }

    private Map<String, String> pages() {
        var task = "project=desk&task=route";
        var pages = new LinkedHashMap<String, String>();
        pages.put("start", "/");
        pages.put("project", "/project?project=desk");
        pages.put("task", "/task?" + task);
        pages.put("examples", "/examples?" + task + "&first=tuned&second=zero-shot");
        pages.put("example", firstExample("/examples?project=desk&task=answer"));
        pages.put("training", "/training?project=desk&run.route-12345678=on&run.route-87654321=on");
        pages.put("data", "/data?" + task);
        pages.put("nothing", "/nothing");
        return pages;
    }

    private String firstExample(String list) {
        var link = Pattern.compile("href=\"(/example\\?[^\"]+)\"").matcher(visit().page(list));
        assertThat(link.find()).isTrue();
        return link.group(1).replace("&amp;", "&");
    }

    @Test
    void fromTheStartToAnExampleByTheKeyboardAlone() {
        browser().window(1280, 900, false);
        browser().open(visit().studio.address().toString());
        assertThat(browser().text("location.search")).isEmpty();
        assertThat(browser().text("document.querySelector('h1').textContent"))
                .isEqualTo("Projects");
        browser().press("Tab");
        assertThat(browser().text("document.activeElement.textContent"))
                .isEqualTo("Skip to the content");
        browser().tabTo("desk");
        browser().enter();
        browser().tabTo("route");
        browser().enter();
        assertThat(browser().text("document.querySelector('h1').className")).contains("verdict");
        browser().tabTo("Every example");
        browser().enter();
        browser().tabTo("case");
        var question = browser().text("document.activeElement.textContent");
        browser().enter();
        assertThat(browser().text("document.querySelector('.whole').textContent"))
                .isEqualTo(question);
        assertThat(
                        browser()
                                .evaluate("document.querySelectorAll('section.answered').length")
                                .asInt())
                .isGreaterThanOrEqualTo(3);
        browser().tabTo("After");
        browser().enter();
        assertThat(browser().text("document.querySelector('.whole').textContent"))
                .isNotEqualTo(question);
        assertThat(browser().text("document.getElementById('command').textContent"))
                .startsWith("sartor runs answers route --example test-");
    }

    @Test
    void axeFindsNothingOnAnyPageInLightAndDarkAndEachFitsATelephone() throws IOException {
        browser().open(visit().studio.address().toString());
        var axe = resource();
        for (var page : pages().entrySet()) {
            for (boolean isDark : new boolean[] {false, true}) {
                browser().window(1280, 900, isDark);
                browser().open(visit().at(page.getValue()));
                if (page.getKey().equals("training")) {
                    browser().waitUntil("document.querySelectorAll('.curve canvas').length === 4");
                }
                shoot(page.getKey(), 1280, isDark);
                browser().evaluate(axe + "; 1");
                assertThat(
                                browser()
                                        .evaluate(
                                                "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa',"
                                                        + " 'wcag22aa', 'best-practice']}).then(found => found.violations.map(v =>"
                                                        + " v.id + ': ' + v.nodes.map(n => n.html).join(' | ')))")
                                        .toString())
                        .as(page.getKey() + (isDark ? ", dark" : ", light"))
                        .isEqualTo("[]");
                browser().window(390, 844, isDark);
                assertThat(browser().evaluate("document.documentElement.scrollWidth").asInt())
                        .as(page.getKey())
                        .isLessThanOrEqualTo(390);
                shoot(page.getKey(), 390, isDark);
            }
        }
        // A page that is not there is told of by the browser, too.
        assertThat(browser().complaints)
                .allMatch(each -> each.contains("/nothing") && each.contains("404"));
        assertThat(browser().requested)
                .isNotEmpty()
                .allMatch(each ->
                        each.startsWith(visit().studio.url().toString())
                                || each.startsWith("data:,"));
    }

    @Test
    void aPageThatIsReadFollowsWhatCommandsWrite() {
        browser().window(1280, 900, false);
        browser().open(visit().studio.address().toString());
        browser().open(visit().at("/training?project=desk&run.route-99999999=on"));
        train(top.resolve("desk/runs/adapters/route-99999999"), 1.2);
        browser().waitUntil("document.body.textContent.includes('route-99999999')");
    }

    private void shoot(String page, int width, boolean isDark) throws IOException {
        var folder =
                Optional.of(System.getProperty("studio.screenshots", ""))
                        .filter(each -> !each.isEmpty());
        if (folder.isPresent()) {
            var name = page + "-" + width + (isDark ? "-dark" : "-light") + ".png";
            browser().screenshot(Path.of(folder.get()).resolve(name));
        }
    }

    private static String resource() throws IOException {
        try (var in = ChromiumJourneyTest.class.getResourceAsStream(AXE)) {
            return new String(
                    Optional.ofNullable(in).orElseThrow().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
