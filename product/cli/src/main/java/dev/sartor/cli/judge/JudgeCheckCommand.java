package dev.sartor.cli.judge;

import dev.sartor.cli.option.Composition;
import dev.sartor.cli.option.OpenProject;
import dev.sartor.cli.option.ProjectOption;
import dev.sartor.compare.ProjectJudge;
import dev.sartor.compare.run.Judged;
import dev.sartor.core.Json;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "check",
        description = {
            "How far the project's judge agrees with people, and whether it may measure.",
            "It is asked about every pair of judge.judgements that it was not asked about before. Exits with 1 where it is refused."
        },
        footer = {"", "Example: sartor judge check --project helpdesk"})
final class JudgeCheckCommand implements Callable<Integer> {
    private final Composition composition;

    @Mixin ProjectOption project = new ProjectOption();

    @Option(names = "--json", description = "Print the figures as JSON.")
    boolean json;

    JudgeCheckCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() {
        try (var open = OpenProject.open(project, composition)) {
            open.askForKeys();
            try (var _ = open.lock("judge check");
                    var interrupts = composition.interrupts()) {
                var around = open.around(interrupts.cancellation());
                var by = ProjectJudge.open(open.project(), open.folder(), around).measured();
                composition.console().print(json ? Json.pretty(JudgeJson.of(by)) : text(by));
                return by.isRefused() ? 1 : 0;
            }
        }
    }

    static String text(Judged.By by) {
        var found = by.agreement();
        return String.format(
                Locale.ROOT,
                """
                judge %s (%s)
                pairs            %d, of %d judgements; people disagree about %d
                κ with people    %.3f [%.3f, %.3f], floor %.2f for the lower end
                position bias    %+.3f [%+.3f, %+.3f], at most %.2f either way
                retest           %.3f [%.3f, %.3f] say the same in the other order
                goes along       %.3f of the way where people see a difference
                not readable     %d of %d replies
                cut              %d pairs
                %s\
                """,
                by.name(),
                by.digest(),
                found.pairs(),
                found.judgements(),
                found.contradicted(),
                found.kappa(),
                found.kappaInterval().low(),
                found.kappaInterval().high(),
                by.floors().minKappa(),
                found.positionBias(),
                found.biasInterval().low(),
                found.biasInterval().high(),
                by.floors().maxPositionBias(),
                found.steadiness(),
                found.steadinessInterval().low(),
                found.steadinessInterval().high(),
                JudgeJson.factor(found),
                found.unreadable(),
                2 * found.pairs(),
                found.cut(),
                by.isRefused()
                        ? "Refused. " + String.join(" ", by.refusals())
                        : "It may measure: 'metric: judge'.");
    }
}
