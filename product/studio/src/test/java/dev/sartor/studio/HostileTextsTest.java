package dev.sartor.studio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.compare.approach.Desk;
import dev.sartor.core.Json;
import dev.sartor.core.text.HtmlText;
import dev.sartor.tune.AnswerSample;
import dev.sartor.tune.TrainingReport;
import dev.sartor.tune.TrainingWatcher;
import dev.sartor.tune.trainer.TrainingLog;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Whatever stands in names, rows and answers is shown as text: no page has an element, an attribute or a script of it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileTextsTest {
    /// Each with a number, by which its answer is found.
    private static final List<String> HOSTILE = hostile();

    private static final Pattern TAG =
            Pattern.compile("<(/?[a-zA-Z](?:\"[^\"]*\"|'[^']*'|[^<>\"'])*)>");

    private static final List<String> ELEMENTS =
            Stream.of(
                            "html head body meta title link script header nav ol ul li a main div form input button footer p span",
                            "code section h1 h2 table caption thead tbody tr th td i strong details summary fieldset legend",
                            "label select option figure figcaption svg line")
                    .flatMap(line -> Stream.of(line.split(" ", -1)))
                    .flatMap(name -> Stream.of(name, "/" + name))
                    .toList();

    private static final List<String> ATTRIBUTES =
            List.of(
                    ("lang charset name content rel href src defer class aria-label aria-labelledby aria-hidden"
                                    + " aria-current method action type value id tabindex role data-follow data-copy data-label"
                                    + " data-figures data-of hx-get hx-trigger hx-select hx-swap hidden scope maxlength for selected"
                                    + " open checked viewBox preserveAspectRatio x1 x2 y1 y2")
                            .split(" ", -1));

    private static final String FOLDER = "a'b\"><img src=x onerror=alert(1)>&amp;";

    private Path top = Path.of("");
    private Visit visit = new Visit(Path.of(""));

    private static List<String> hostile() {
        var texts =
                new ArrayList<>(
                        List.of(
                                "<script>alert(1)</script>",
                                "</script><script>alert(1)</script>",
                                "<img src=x onerror=alert(1)>",
                                "<svg/onload=alert(1)>",
                                "<svg><script>alert(1)</script></svg>",
                                "\"><b>bold</b>",
                                "'><b>bold</b>",
                                "\" onmouseover=\"alert(1)",
                                "' onmouseover='alert(1)",
                                "` onmouseover=`alert(1)",
                                "javascript:alert(1)",
                                "JaVaScRiPt:alert(1)",
                                "data:text/html,<script>alert(1)</script>",
                                "<a href=\"javascript:alert(1)\">x</a>",
                                "<iframe src=//evil.example></iframe>",
                                "<object data=x></object>",
                                "<embed src=x>",
                                "<form action=//evil.example><input name=q></form>",
                                "<meta http-equiv=refresh content=0;url=//evil.example>",
                                "<base href=//evil.example/>",
                                "<link rel=stylesheet href=//evil.example>",
                                "<style>body{display:none}</style>",
                                "</style><style>*{}</style>",
                                "<!--",
                                "-->",
                                "<![CDATA[ x ]]>",
                                "<?xml version=\"1.0\"?>",
                                "</td></tr></table><h1>out</h1>",
                                "</textarea><script>alert(1)</script>",
                                "</title><script>alert(1)</script>",
                                "<template><script>alert(1)</script></template>",
                                "<div hx-get=\"/leave\" hx-trigger=\"load\">x</div>",
                                "<div data-follow=\"/x\">x</div>",
                                "&lt;script&gt;alert(1)&lt;/script&gt;",
                                "&#x3c;script&#x3e;",
                                "&amp;amp;",
                                "${7*7}",
                                "@template.frame()",
                                "!{var x = 1;}",
                                "{{ 7 * 7 }}",
                                "{% raw %}",
                                "<%= 7 * 7 %>",
                                "#{7*7}",
                                "$unsafe{x}",
                                "=HYPERLINK(\"http://evil.example\")",
                                "\u202Etxt.exe",
                                "\u2067rtl\u2069",
                                "\u0001control",
                                "\uFFFEnone\uFFFF",
                                "long ".repeat(3_000)));
        return IntStream.range(0, texts.size()).mapToObj(i -> texts.get(i) + " item" + i).toList();
    }

    @BeforeAll
    void compare(@TempDir Path made) {
        top = made;
        visit.close();
        var folder = top.resolve(FOLDER);
        var desk = new Desk(folder);
        for (var split : List.of("train", "validation", "test")) {
            var rows =
                    IntStream.range(0, HOSTILE.size())
                            .mapToObj(i -> row(split, i))
                            .collect(Collectors.joining());
            Visit.write(folder.resolve("answer/" + split + ".jsonl"), rows);
        }
        Visit.write(
                folder.resolve("documents/one.md"),
                "# <b>Section</b>\n\n<script>alert(2)</script> item1 item2 item3\n");
        desk.compare(
                Desk.PROJECT
                        .replace("name: desk", "name: " + Json.line(HOSTILE.getFirst()))
                        .replace("Answer from the handbook.", "<i>Answer</i> \\\"so\\\"")
                        .replace(
                                "[zero-shot, few-shot, retrieval, tune, tune+retrieval]",
                                "[zero-shot, few-shot, retrieval]"));
        try (var log = new TrainingLog(folder.resolve("runs/adapters/answer-12345678"))) {
            Visit.write(folder.resolve("runs/adapters/answer-12345678/readers.json"), "{}");
            log.begins(0, 2);
            log.step(
                    new TrainingReport.StepReport(1, 3.5, 1e-3, 0.5),
                    new TrainingWatcher.Pace(100, 200));
            log.answers(
                    1,
                    HOSTILE.stream()
                            .limit(45)
                            .map(each -> new AnswerSample(each, each, each))
                            .toList());
        }
        visit = new Visit(top);
    }

    /// Its split makes it another text, so that it is no leak.
    private static String row(String split, int i) {
        return Json.mapper()
                        .createObjectNode()
                        .put("id", split + "-" + i + "-<b>\"'&")
                        .put("prompt", split + " " + HOSTILE.get(i))
                        .put("completion", HOSTILE.get(i))
                + "\n";
    }

    @AfterAll
    void stop() {
        visit.close();
    }

    private static String query(String path, String task, String... more) {
        var query = new StringBuilder(path + "?project=" + encoded(FOLDER));
        if (!task.isEmpty()) {
            query.append("&task=").append(encoded(task));
        }
        for (int i = 0; i < more.length; i += 2) {
            query.append('&').append(more[i]).append('=').append(encoded(more[i + 1]));
        }
        return query.toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /// Elements and attributes are those of the templates: none of a text's.
    private static void assertIsText(String page) {
        var tags = TAG.matcher(page).results().map(found -> found.group(1)).toList();
        assertThat(tags).hasSizeGreaterThan(15);
        for (var tag : tags) {
            var names = tag.replaceAll("\"[^\"]*\"|'[^']*'", "").strip().split("[\\s=]+", -1);
            assertThat(names[0]).as(tag).isIn(ELEMENTS);
            for (int i = 1; i < names.length; i++) {
                if (!names[i].isEmpty() && !names[i].equals("/")) {
                    assertThat(names[i]).as(tag).isIn(ATTRIBUTES);
                }
            }
            assertThat(tag).doesNotContainPattern("(?i)(?:href|src|action)=.javascript:");
        }
        assertThat(page.replace("<!DOCTYPE html>", "")).doesNotContain("<!", "<?", "<%");
        // A field holds what was typed as it was typed.
        assertThat(TAG.matcher(page).replaceAll("")).doesNotContain("\u202E", "\u2067", "\u0001");
    }

    /// As a page writes it, up to where a table cuts it.
    private static String asText(String hostile) {
        var shown =
                hostile.replace("\u202E", "‹U+202E›")
                        .replace("\u2067", "‹U+2067›")
                        .replace("\u2069", "‹U+2069›")
                        .replace('\u0001', '\u2401');
        return normal(HtmlText.escaped(shown.length() > 200 ? shown.substring(0, 200) : shown));
    }

    private static String normal(String page) {
        return page.replace("&#34;", "\"").replace("&quot;", "\"").replace("&#39;", "'");
    }

    @Test
    void theListsOfExamplesAndRowsShowEachAsText() {
        for (var path :
                List.of(
                        query("/examples", "answer", "sort", "file"),
                        query("/data", "answer", "split", "test"))) {
            var page = normal(visit.page(path));
            assertIsText(page);
            for (var text : HOSTILE) {
                assertThat(page).as(path).contains(asText(text));
            }
        }
    }

    @Test
    void anExampleShowsItsTextsAsText() {
        for (int i = 0; i < HOSTILE.size(); i++) {
            var page = visit.page(query("/example", "answer", "id", "test-" + i + "-<b>\"'&"));
            assertIsText(page);
            assertThat(normal(page)).contains(asText(HOSTILE.get(i)));
        }
    }

    @Test
    void whatIsTypedComesBackAsText() {
        for (var text : HOSTILE) {
            var typed = text.length() > 150 ? text.substring(0, 150) : text;
            assertIsText(
                    visit.page(
                            query(
                                    "/examples",
                                    "answer",
                                    "q",
                                    typed,
                                    "said",
                                    typed,
                                    "by",
                                    typed,
                                    "label",
                                    typed)));
            assertIsText(visit.page(query("/data", "answer", "q", typed, "label", typed)));
            assertIsText(visit.get(query("/task", typed)).body());
            assertIsText(visit.get("/project?project=" + encoded(typed)).body());
            var strange = visit.get("/" + encoded(typed).replace("%2F", ""));
            if (strange.statusCode() == 404) { // Jetty itself refuses some
                assertIsText(strange.body());
            }
        }
    }

    @Test
    void theOtherPagesShowNamesAsText() {
        for (var path :
                List.of(
                        "/",
                        query("/project", ""),
                        query("/task", "answer"),
                        query("/training", ""))) {
            assertIsText(visit.page(path));
        }
        assertThat(normal(visit.page("/"))).contains(asText(FOLDER));
    }

    @Test
    void inACsvNoCellIsAFormula() {
        assertThat(visit.page(query("/examples.csv", "answer")))
                .contains("'=HYPERLINK")
                .doesNotContainPattern("(?:^|,|\n)\"?=HYPERLINK");
    }
}
