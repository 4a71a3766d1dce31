package dev.sartor.compare.report;

import dev.sartor.compare.run.RunJson;
import dev.sartor.compare.verdict.ComparisonResult;
import dev.sartor.compare.verdict.SearchOutcome;
import dev.sartor.core.SartorException;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.core.file.Sha256;
import dev.sartor.worth.Worth;
import gg.jte.TemplateOutput;
import gg.jte.html.HtmlInterceptor;
import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.StringOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The report: one page that asks nothing of the network, with its styles, scripts and figures inside. What a model said
/// is text in it and never markup.
public final class Report {
    private static final String CHARTS =
            "/META-INF/resources/webjars/chart.js/4.4.9/dist/chart.umd.js";

    private Report() {}

    public static void write(ComparisonResult result, Path file, Instant now) {
        AtomicFile.write(file, html(result, now));
    }

    public static String html(ComparisonResult result, Instant now) {
        var view = ReportView.of(result, now);
        var page = Page.of(result.tasks().stream().map(ChartPoints::of).toList());
        var html = new StringOutput();
        JtereportGenerated.render(new OwaspHtmlTemplateOutput(html), new Untouched(), view, page);
        return html.toString();
    }

    /// One training's own page, of the lines that it wrote itself.
    ///
    /// @param task the task's name
    /// @param log where the training wrote them
    public static void writeTraining(String task, Path log, Path file) {
        var view = TrainingView.of(task, log);
        var page = Page.of(List.of(ChartPoints.of(task, view.metric(), view.points())));
        var html = new StringOutput();
        JtetrainingGenerated.render(new OwaspHtmlTemplateOutput(html), new Untouched(), view, page);
        AtomicFile.write(file, html.toString());
    }

    /// A search's own page, as far as it came.
    public static void writeSearch(SearchOutcome search, Path file) {
        var page = Page.of(SearchPoints.of(search), "search.js");
        var html = new StringOutput();
        JtesearchGenerated.render(new OwaspHtmlTemplateOutput(html), new Untouched(), search, page);
        AtomicFile.write(file, html.toString());
    }

    /// The page for those who decide, alone: what each task's candidates are worth.
    ///
    /// @param project its name
    /// @param worths by the names of the tasks
    public static void writeWorth(
            String project, Map<String, Worth> worths, Path file, Instant now) {
        var views = new ArrayList<WorthView>();
        worths.forEach((task, worth) -> views.add(WorthView.of(task, worth)));
        var html = new StringOutput();
        JtedecisionGenerated.render(
                new OwaspHtmlTemplateOutput(html),
                new Untouched(),
                project,
                ReportView.day(now),
                views,
                Page.withoutScripts());
        AtomicFile.write(file, html.toString());
    }

    /// What every page holds beside its text.
    ///
    /// @param policy the page's own Content-Security-Policy: nothing is fetched, and no script runs but these two
    record Page(String css, String charts, String script, String points, String policy) {
        static Page withoutScripts() {
            return new Page(
                    resource("report.css"),
                    "",
                    "",
                    "",
                    "default-src 'none'; style-src 'unsafe-inline'");
        }

        static Page of(List<ChartPoints> points) {
            return of(points, "report.js");
        }

        static Page of(Object points, String drawing) {
            var charts = resource(CHARTS).replaceAll("(?m)^//# sourceMappingURL=.*$", "").strip();
            var script = resource(drawing);
            return new Page(
                    resource("report.css"),
                    charts,
                    script,
                    inScript(RunJson.line(points)),
                    "default-src 'none'; style-src 'unsafe-inline'; script-src "
                            + hash(charts)
                            + " "
                            + hash(script));
        }
    }

    /// JSON inside a script element must not end it.
    private static String inScript(String json) {
        return json.replace("<", "\\u003c");
    }

    private static String hash(String script) {
        var digest = Sha256.digest().digest(script.getBytes(StandardCharsets.UTF_8));
        return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    }

    private static String resource(String name) {
        try (var in = Report.class.getResourceAsStream(name)) {
            return new String(
                    Optional.ofNullable(in)
                            .orElseThrow(() -> SartorException.defect("no resource " + name))
                            .readAllBytes(),
                    StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw SartorException.defect("cannot read the resource " + name, e);
        }
    }

    /// Tags are written as they stand in the template.
    private record Untouched() implements HtmlInterceptor {
        @Override
        public void onHtmlTagOpened(
                String name, Map<String, Object> attributes, TemplateOutput output) {}

        @Override
        public void onHtmlTagClosed(String name, TemplateOutput output) {}
    }
}
