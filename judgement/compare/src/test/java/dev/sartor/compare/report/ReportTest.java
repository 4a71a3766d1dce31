package dev.sartor.compare.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.compare.Runs;
import dev.sartor.compare.approach.Desk;
import dev.sartor.core.SartorException;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.core.file.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir Path folder;

    private Desk desk;

    @BeforeEach
    void makeProject() {
        desk = new Desk(folder);
    }

    private String report() {
        return Report.html(desk.compare(), NOW);
    }

    /// Without what stands inside script and style elements.
    private static String markup(String html) {
        return html.replaceAll("(?s)<(script|style)([^>]*)>.*?</\\1>", "<$1$2></$1>");
    }

    private static List<String> found(String regex, String text) {
        return Pattern.compile(regex, Pattern.DOTALL)
                .matcher(text)
                .results()
                .map(each -> each.group(1))
                .toList();
    }

    @Test
    void theVerdictStandsFirst() {
        var page = markup(report());
        assertThat(page.indexOf("class=\"verdict\""))
                .isPositive()
                .isLessThan(page.indexOf("<table"));
        assertThat(page).containsPattern("<h2 class=\"verdict\">(Ship|The test set is too small)");
    }

    @Test
    void whatNoPassageSupportsIsMarkedWhereItIsShownAndCountedBesideTheScore() {
        var page = markup(report());
        assertThat(page)
                .containsPattern("unsupported [01]\\.\\d{3} \\([01]\\.\\d{3}–[01]\\.\\d{3}\\)");
        assertThat(page).containsPattern("in no passage: (price\\d+|nothing)");
    }

    @Test
    void whatWentWrongStandsInATableAndBesideEachWrongAnswer() {
        // Whoever quotes the handbook's prices is wrong in the second half; without it the model
        // says nothing.
        AtomicFile.write(
                folder.resolve("answer/test.jsonl"),
                IntStream.range(18, 30)
                        .mapToObj(i ->
                                "{\"prompt\": \"What is the price of item%d\", \"completion\": \"%s\"}%n"
                                        .formatted(
                                                i,
                                                i < 24
                                                        ? "price" + i
                                                        : i < 27 ? "crowns" : "nothing"))
                        .collect(Collectors.joining()));
        var page = markup(report());
        assertThat(page)
                .contains(
                        "<h3>What went wrong</h3>", "An answer is right from a score of 0.500 on.");
        assertThat(page).containsPattern("data-label=\"used and misread\">\\d+<span");
        assertThat(page).contains("<p class=\"source\">passage not found</p>");
    }

    @Test
    void theVerdictsOfAllTasksStandBeforeTheFirstOnesFigures() {
        var page = markup(report());
        var summary = page.substring(0, page.indexOf("<article"));
        assertThat(summary).contains("href=\"#task-0\"", "route", "href=\"#task-1\"", "answer");
        assertThat(page).contains("id=\"task-1\"");
    }

    @Test
    void everyFigureStandsInATableForWhoeverRunsNoScripts() {
        var page = markup(report());
        for (var name : List.of("zero-shot", "few-shot", "retrieval", "tuned", "tuned+retrieval")) {
            assertThat(found("<span class=\"name\">([^<]*)</span>", page)).contains(name);
        }
        assertThat(page)
                .contains(
                        "0.333",
                        "0.245–0.436",
                        "Every pair of candidates",
                        "Training, measurement by measurement",
                        "general ability");
        assertThat(found("<td class=\"right\"[^>]*>([^<]*)</td>", page)).hasSize(3);
    }

    @Test
    void nothingIsFetchedFromAnywhere() {
        var html = report();
        var page = markup(html);
        assertThat(page).doesNotContain("http://", "https://", "src=", "@import", "url(");
        assertThat(found("href=\"([^\"]*)\"", page)).allMatch(link -> link.startsWith("#"));
        assertThat(found("http-equiv=\"Content-Security-Policy\" content=\"([^\"]*)\"", page))
                .singleElement()
                .asString()
                .startsWith("default-src &#39;none&#39;;");
    }

    @Test
    void thePolicyAdmitsTheTwoScriptsAndNoOther() {
        var html = report();
        for (var script : found("<script>(.*?)</script>", html)) {
            var hash =
                    Base64.getEncoder()
                            .encodeToString(
                                    Sha256.digest()
                                            .digest(script.getBytes(StandardCharsets.UTF_8)));
            assertThat(html).contains("sha256-" + hash);
        }
        assertThat(found("(<script)", html)).hasSize(3);
    }

    @Test
    void whatAUserOrAModelSaysIsTextAndNeverMarkup() throws IOException {
        var evil = "</script><script>alert(1)</script><img/src=x/onerror=alert(2)>";
        var route = folder.resolve("route/test.jsonl");
        AtomicFile.write(route, Files.readString(route).replace("about my", evil + " about my"));
        var answer = folder.resolve("answer/test.jsonl");
        AtomicFile.write(answer, Files.readString(answer).replaceAll("(price\\d+)", "$1<u>"));
        for (int i = 18; i < 30; i++) {
            AtomicFile.write(
                    folder.resolve("documents/item" + i + ".md"),
                    "# Item %d\n\nThe price of item%d in crowns is `price%d<u>`"
                            .formatted(i, i, i));
        }
        var html = report();
        assertThat(markup(html))
                .contains(
                        "&lt;script&gt;alert(1)&lt;/script&gt;&lt;img/src=x/onerror=alert(2)&gt; about my")
                .contains("<span class=\"answer\">price18&lt;u&gt;")
                .doesNotContain("<img", "<u>", "<script>alert");
        assertThat(found("(<script)", html)).hasSize(3);
    }

    @Test
    void examplesOnWhichCandidatesDisagreeAreShownWithTheirPassages() {
        var page = markup(report());
        assertThat(found("(<div class=\"dispute\">)", page)).hasSize(20);
        assertThat(page).contains("item18.md", "The price of item18 in crowns is price18");
    }

    @Test
    void everythingNeededToRepeatTheRunsIsShown() {
        var page = markup(report());
        for (var run : Runs.of(folder).list()) {
            assertThat(page).contains("<code>" + run.id() + "</code>", run.digests().get("test"));
        }
        assertThat(page).contains("930 GFLOP/s in bf16", "0.1.0-test", "\"rank\" : 16");
    }

    @Test
    void aTaskThatNothingIsGoodEnoughForSaysSo() {
        var yaml =
                Desk.PROJECT
                        .replace("margin: 0.08", "target: 0.9")
                        .replace(
                                "[zero-shot, few-shot, retrieval, tune, tune+retrieval]",
                                "[zero-shot]");
        assertThat(markup(Report.html(desk.compare(yaml), NOW)))
                .contains("Nothing meets the target", "and at least 0.900");
    }

    @Test
    void aReportThatCannotBeWrittenNamesItsFileAndTheRoom() throws IOException {
        var result = desk.compare();
        var file = folder.resolve("report.html");
        Files.createDirectories(file.resolve("in the way"));
        assertThatThrownBy(() -> Report.write(result, file, NOW))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("cannot write " + file)
                .hasMessageContaining("MiB are free there");
    }
}
