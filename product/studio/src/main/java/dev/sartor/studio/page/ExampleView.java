package dev.sartor.studio.page;

import dev.sartor.compare.run.Confidence;
import dev.sartor.compare.run.Figures;
import dev.sartor.compare.run.StoredAnswer;
import dev.sartor.core.Message;
import dev.sartor.project.Project;
import dev.sartor.studio.read.ExampleFilter;
import dev.sartor.studio.read.ExampleSearch;
import dev.sartor.studio.read.ExampleTable;
import dev.sartor.studio.read.ProjectPlace;
import dev.sartor.studio.read.ProjectRuns;
import dev.sartor.studio.read.ShownPrompt;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// One example whole: what every candidate was shown, what it said, and whether that is right.
///
/// @param group what it shares with other examples; empty where it is on its own
record ExampleView(
        String id,
        String question,
        List<String> references,
        Optional<String> group,
        List<Answered> answers,
        Neighbours neighbours) {
    /// The examples before and after it in the view that it was opened from.
    record Neighbours(Address list, Optional<Address> before, Optional<Address> after) {
        static Neighbours of(ExampleSearch search, ExampleFilter filter, Address list, int row) {
            var rows = search.rows(filter);
            int at = rows.indexOf(row);
            return new Neighbours(
                    at < 0 ? list : list.with("page", page(at)),
                    at > 0
                            ? Optional.of(address(search, list, rows.get(at - 1)))
                            : Optional.empty(),
                    at >= 0 && at + 1 < rows.size()
                            ? Optional.of(address(search, list, rows.get(at + 1)))
                            : Optional.empty());
        }

        private static String page(int at) {
            return at < ExamplesView.PAGE ? "" : String.valueOf(1 + at / ExamplesView.PAGE);
        }

        private static Address address(ExampleSearch search, Address list, int row) {
            return list.at("/example").with("id", search.table().id(row));
        }
    }

    /// Where the example's answers are from.
    record Source(ProjectPlace place, Project project, ProjectRuns runs) {
        Optional<ShownPrompt> prompt(String run, StoredAnswer answer) {
            return runs.run(run).map(each -> ShownPrompt.of(project, place.folder(), each, answer));
        }
    }

    /// @param mark `right`, `partly` or `wrong`
    /// @param facts tokens, seconds, confidence
    record Answered(
            String candidate,
            String mark,
            String text,
            Optional<String> freeText,
            String facts,
            Inputs inputs) {}

    /// What stood before the question.
    ///
    /// @param note what is not known of it
    record Inputs(List<Turn> prompt, String note, List<PassageShown> passages) {}

    record Turn(String role, String text) {}

    record PassageShown(String place, String score, String text) {}

    static ExampleView of(ExampleTable table, int row, Source source, Neighbours neighbours) {
        var answers = new ArrayList<Answered>();
        var found = new ArrayList<StoredAnswer>();
        for (int column = 0; column < table.candidates().size(); column++) {
            var candidate = table.candidates().get(column);
            var run = table.run(column);
            var score = table.said(row, column).map(ExampleTable.Said::score).orElse(0.0);
            table.whole(row, column)
                    .ifPresent(answer -> {
                        found.add(answer);
                        answers.add(answered(candidate, answer, score, source.prompt(run, answer)));
                    });
        }
        var any = found.stream().findFirst();
        return new ExampleView(
                Shown.text(table.id(row)),
                Shown.text(any.map(StoredAnswer::question).orElse(table.question(row))),
                any.map(each -> each.references().stream().map(Shown::text).toList())
                        .orElse(List.of()),
                any.flatMap(StoredAnswer::group).map(Shown::text),
                answers,
                neighbours);
    }

    private static Answered answered(
            String candidate, StoredAnswer answer, double score, Optional<ShownPrompt> prompt) {
        return new Answered(
                Shown.text(candidate),
                Shown.mark(score),
                Shown.answer(answer.answer()),
                answer.freeText().map(Shown::answer),
                facts(answer, score),
                new Inputs(
                        prompt.map(ShownPrompt::messages).orElse(List.of()).stream()
                                .map(ExampleView::turn)
                                .toList(),
                        Shown.text(prompt.map(ShownPrompt::note).orElse("")),
                        answer.passages().stream().map(ExampleView::passage).toList()));
    }

    private static Turn turn(Message message) {
        return new Turn(
                message.role().name().toLowerCase(Locale.ROOT), Shown.text(message.content()));
    }

    private static PassageShown passage(StoredAnswer.Found found) {
        var pages = found.pages().map(each -> ", " + each).orElse("");
        var section = found.section().isEmpty() ? "" : " › " + found.section();
        return new PassageShown(
                Shown.text(found.document() + pages + section),
                Figures.score(found.score()),
                Shown.text(found.text()));
    }

    private static String facts(StoredAnswer answer, double score) {
        var facts = new ArrayList<String>();
        facts.add("score " + Figures.score(score));
        answer.confidence()
                .map(Confidence::calibrated)
                .ifPresent(sure -> facts.add("confidence " + Figures.score(sure)));
        if (answer.promptTokens() > 0) {
            facts.add(String.format(Locale.ROOT, "%,d prompt tokens", answer.promptTokens()));
            facts.add(String.format(Locale.ROOT, "%,d answer tokens", answer.completionTokens()));
        }
        facts.add(Figures.seconds(answer.seconds()) + " s");
        answer.omitted()
                .ifPresent(_ -> facts.add("passages that were found were left out of the prompt"));
        return String.join(" · ", facts);
    }
}
