package dev.sartor.compare.approach;

import dev.sartor.core.Example;
import dev.sartor.project.Project;
import dev.sartor.project.setting.Remote;
import dev.sartor.project.setting.Remote.Egress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// What a candidate on a remote model is not sent, as it is told.
public record EgressNotes(Planned planned, Remote remote) {
    /// Why it cannot be measured: nothing may be sent, or not what it is measured on.
    Optional<String> notSent() {
        return switch (remote.egress()) {
            case ALL -> Optional.empty();
            case NONE ->
                    Optional.of(
                            leftOut()
                                    + "nothing may be sent to remotes '"
                                    + remote.name()
                                    + "', as its egress is none. Set egress: public to send it what everyone may read.");
            case PUBLIC -> restricted();
        };
    }

    private String leftOut() {
        return planned.candidate() + " is left out: ";
    }

    private Optional<String> restricted() {
        if (!planned.prompt().readers().isEveryone()) {
            return Optional.of(
                    leftOut()
                            + "not everyone may read its prompt, and the egress of remotes '"
                            + remote.name()
                            + "' is public. Set egress: all if the prompt may be sent there.");
        }
        var data = planned.data();
        var measuring = Stream.of(data.validation(), data.test()).flatMap(List::stream);
        long closed = measuring.filter(each -> !each.readers().isEveryone()).count();
        return closed == 0
                ? Optional.empty()
                : Optional.of(
                        String.format(
                                Locale.ROOT,
                                "%s%,d of %,d validation and test examples are not for everyone, and the egress of remotes '%s' is public."
                                        + " Set egress: all in %s if they may be sent there.",
                                leftOut(),
                                closed,
                                data.validation().size() + data.test().size(),
                                remote.name(),
                                Project.FILE));
    }

    /// What the project's remote models are not shown of the training examples, one sentence each.
    public static List<String> withheld(Project project, TaskExamples data) {
        long closed = data.train().stream().filter(EgressNotes::isClosed).count();
        return closed == 0
                ? List.of()
                : project.remotes().stream()
                        .filter(each -> each.egress() == Egress.PUBLIC)
                        .map(each ->
                                String.format(
                                        Locale.ROOT,
                                        "%,d of %,d training examples are withheld from remotes '%s', as not everyone may read them"
                                                + " (egress: public).",
                                        closed,
                                        data.train().size(),
                                        each.name()))
                        .toList();
    }

    private static boolean isClosed(Example example) {
        return !example.readers().isEveryone();
    }
}
