package dev.sartor.project.step;

import dev.sartor.project.yaml.Setting;
import java.util.Optional;

/// @param action what becomes of a row with a finding
/// @param names a model that marks names
public record PersonalDataRules(
        @Setting(
                        means =
                                "redact puts a pseudonym in the finding's place, the same for the same value throughout the set; remove"
                                        + " removes the row.",
                        fallback = "redact",
                        example = "remove")
                Action action,
        @Setting(
                        means =
                                "A model that marks the names of persons, places and organisations: a token classifier of BERT, DistilBERT,"
                                        + " RoBERTa or MPNet, such as dslim/bert-base-NER. Without one names are not looked for.",
                        example = "dslim/bert-base-NER")
                Optional<String> names) {}
