package dev.sartor.compare.run;

import dev.sartor.core.Answer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What a run's answers went without, for the report.
public final class OmittedPassages {
    private OmittedPassages() {}

    /// Empty where nothing was left out.
    ///
    /// @param remote that answered; empty for a model of this machine
    public static Optional<String> told(
            String candidate, Optional<String> remote, List<StoredAnswer> answers) {
        var omitted =
                answers.stream()
                        .flatMap(each -> each.omitted().stream())
                        .reduce(Answer.Omitted.none(), Answer.Omitted::and);
        if (omitted.equals(Answer.Omitted.none())) {
            return Optional.empty();
        }
        var withheld =
                omitted.withheld() == 0
                        ? ""
                        : String.format(
                                Locale.ROOT,
                                " %,d were withheld from remotes '%s', as not everyone may read them (egress: public).",
                                omitted.withheld(),
                                remote.orElse(""));
        var injections =
                omitted.injections() == 0
                        ? ""
                        : String.format(
                                Locale.ROOT,
                                " %,d looked like an instruction to the model (retrieval.drop_injections).",
                                omitted.injections());
        return Optional.of(
                candidate
                        + " answered without some passages that were found."
                        + withheld
                        + injections);
    }
}
