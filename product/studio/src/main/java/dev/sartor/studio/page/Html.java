package dev.sartor.studio.page;

import gg.jte.TemplateOutput;
import gg.jte.html.HtmlInterceptor;
import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.StringOutput;
import java.util.Map;

/// Pages as text. What stands in a view is text in the page and never markup: the templates have no way around that.
final class Html {
    private static final HtmlInterceptor UNTOUCHED = new Untouched();

    private Html() {}

    static String start(PageFrame frame, StartView view) {
        var html = new StringOutput();
        JtestartGenerated.render(new OwaspHtmlTemplateOutput(html), UNTOUCHED, frame, view);
        return html.toString();
    }

    static String project(PageFrame frame, ProjectView view) {
        var html = new StringOutput();
        JteprojectGenerated.render(new OwaspHtmlTemplateOutput(html), UNTOUCHED, frame, view);
        return html.toString();
    }

    static String task(PageFrame frame, TaskPageView view) {
        var html = new StringOutput();
        JtetaskGenerated.render(new OwaspHtmlTemplateOutput(html), UNTOUCHED, frame, view);
        return html.toString();
    }

    static String examples(PageFrame frame, ExamplesView view) {
        var html = new StringOutput();
        JteexamplesGenerated.render(new OwaspHtmlTemplateOutput(html), UNTOUCHED, frame, view);
        return html.toString();
    }

    static String example(PageFrame frame, ExampleView view) {
        var html = new StringOutput();
        JteexampleGenerated.render(new OwaspHtmlTemplateOutput(html), UNTOUCHED, frame, view);
        return html.toString();
    }

    static String trainings(PageFrame frame, TrainingsView view) {
        var html = new StringOutput();
        JtetrainingsGenerated.render(new OwaspHtmlTemplateOutput(html), UNTOUCHED, frame, view);
        return html.toString();
    }

    static String data(PageFrame frame, DataView view) {
        var html = new StringOutput();
        JtedataGenerated.render(new OwaspHtmlTemplateOutput(html), UNTOUCHED, frame, view);
        return html.toString();
    }

    static String message(PageFrame frame, MessageView view) {
        var html = new StringOutput();
        JtemessageGenerated.render(new OwaspHtmlTemplateOutput(html), UNTOUCHED, frame, view);
        return html.toString();
    }

    /// For whoever is not let in: nothing of the studio's own, styles among it.
    static String closed() {
        var html = new StringOutput();
        JteclosedGenerated.render(new OwaspHtmlTemplateOutput(html), UNTOUCHED);
        return html.toString();
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
