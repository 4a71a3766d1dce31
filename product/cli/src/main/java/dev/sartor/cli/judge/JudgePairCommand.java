package dev.sartor.cli.judge;

import dev.sartor.cli.option.AskerOptions;
import dev.sartor.cli.option.Composition;
import dev.sartor.cli.option.OpenProject;
import dev.sartor.cli.option.ProjectOption;
import dev.sartor.compare.ProjectJudge;
import dev.sartor.compare.run.Run;
import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "pair",
        description = {
            "Let the project's judge compare what two runs answered to the same test examples.",
            "Each pair is shown in both orders. The win rate is corrected for the judge's errors, and its interval holds them."
        },
        footer = {
            "",
            "Example: sartor judge pair answer/tuned answer/retrieval --project helpdesk"
        })
final class JudgePairCommand implements Callable<Integer> {
    private final Composition composition;

    @Parameters(index = "0", paramLabel = "FIRST", description = "As for `sartor runs show`.")
    String first = "";

    @Parameters(index = "1", paramLabel = "SECOND", description = "As for `sartor runs show`.")
    String second = "";

    @Mixin ProjectOption project = new ProjectOption();

    @Mixin AskerOptions asker = new AskerOptions();

    @Option(names = "--json", description = "Print the figures as JSON.")
    boolean json;

    JudgePairCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() {
        try (var open = OpenProject.open(project, composition)) {
            var runs = project.runs();
            var one = runs.find(first);
            var other = runs.find(second);
            asker.require(one.maySeeAnswers(), one.id());
            asker.require(other.maySeeAnswers(), other.id());
            refuseLabels(open, one);
            open.askForKeys();
            try (var _ = open.lock("judge pair");
                    var interrupts = composition.interrupts()) {
                var around = open.around(interrupts.cancellation());
                var judge = ProjectJudge.open(open.project(), open.folder(), around);
                var match = judge.match(one, other, runs);
                composition
                        .console()
                        .print(
                                json
                                        ? Json.pretty(JudgeJson.of(one, other, match))
                                        : text(one, other, match));
                return 0;
            }
        }
    }

    private static void refuseLabels(OpenProject open, Run run) {
        if (open.project().task(run.task()).filter(each -> each.isClassification()).isPresent()) {
            throw SartorException.user(
                    "a judge compares free text, and the task of "
                            + run.id()
                            + " has labels: `sartor runs compare` compares those.");
        }
    }

    static String text(Run one, Run other, ProjectJudge.Match match) {
        var rate = match.winRate();
        return String.format(
                Locale.ROOT,
                """
                people would prefer %s to %s in %.1f %% of the cases, a tie counting half, 95 %% interval %.1f to %.1f %%
                as judged %.1f %%: better on %d examples, a tie on %d, worse on %d%s
                %s\
                """,
                one.candidate(),
                other.candidate(),
                100 * rate.value(),
                100 * rate.low(),
                100 * rate.high(),
                100 * match.judged(),
                match.better(),
                match.ties(),
                match.worse(),
                match.showsReferences() ? "; the judge saw the references" : "",
                JudgeCheckCommand.text(match.by()));
    }
}
