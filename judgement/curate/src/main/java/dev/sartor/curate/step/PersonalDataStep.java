package dev.sartor.curate.step;

import dev.sartor.curate.personal.EntityFinder;
import dev.sartor.curate.personal.ModelNames;
import dev.sartor.curate.personal.PersonalScanner;
import dev.sartor.curate.personal.PersonalSettings;
import dev.sartor.curate.personal.Pseudonyms;
import dev.sartor.project.curation.StepName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// Puts pseudonyms in the place of personal data that has a form, and of names where a model marks them, or removes rows that
/// have some.
///
/// @param key of the data set's pseudonyms; without one, rows with personal data go
/// @param names the name of the model that marks names; empty where they are not looked for
record PersonalDataStep(Optional<DataKey> key, Optional<String> names) implements Step {
    @Override
    public StepName name() {
        return StepName.PERSONAL_DATA;
    }

    @Override
    public SequencedMap<String, Object> settings() {
        var settings = new LinkedHashMap<String, Object>();
        settings.put("action", key.isPresent() ? "redact" : "remove");
        key.ifPresent(each -> settings.put("key", each.fingerprint()));
        names.ifPresent(each -> settings.put("names", each));
        return settings;
    }

    @Override
    public void run(StepRows rows, Decisions decisions, StepWork work) {
        var scanner = new PersonalScanner(PersonalSettings.DEFAULT, finders(work));
        if (key.isEmpty()) {
            Redactions.remove("personal data", rows, decisions, work, text(scanner));
        } else {
            var pseudonyms = new Pseudonyms(key.get().bytes());
            Redactions.replace("personal data", rows, decisions, work, text(scanner, pseudonyms));
        }
        decisions.note(
                names.map(each ->
                                "names of people, places and organisations are those that "
                                        + each
                                        + " marks.")
                        .orElse(
                                "names of people, places and organisations are not looked for: only what has a form or a checksum."));
    }

    private List<EntityFinder> finders(StepWork work) {
        return names.isEmpty() ? List.of() : List.of(new ModelNames(work.recogniser().get()));
    }

    private static Redaction.Texts text(PersonalScanner scanner, Pseudonyms pseudonyms) {
        return (text, kinds) -> {
            var found = scanner.scan(text);
            found.forEach(each -> count(each.kind().key(), kinds));
            return found.isEmpty() ? text : pseudonyms.redact(text, found);
        };
    }

    private static Redaction.Texts text(PersonalScanner scanner) {
        return (text, kinds) -> {
            scanner.scan(text).forEach(each -> count(each.kind().key(), kinds));
            return text;
        };
    }

    private static void count(String kind, Map<String, Integer> kinds) {
        kinds.merge(kind, 1, Integer::sum);
    }
}
