package dev.sartor.curate.step;

import dev.sartor.curate.personal.PersonalScanner;
import dev.sartor.curate.personal.PersonalSettings;
import dev.sartor.curate.personal.Pseudonyms;
import dev.sartor.project.curation.StepName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// Puts pseudonyms in the place of personal data that has a form, or removes rows that have some.
///
/// @param key of the data set's pseudonyms; without one, rows with personal data go
record PersonalDataStep(Optional<DataKey> key) implements Step {
    @Override
    public StepName name() {
        return StepName.PERSONAL_DATA;
    }

    @Override
    public SequencedMap<String, Object> settings() {
        var settings = new LinkedHashMap<String, Object>();
        settings.put("action", key.isPresent() ? "redact" : "remove");
        key.ifPresent(each -> settings.put("key", each.fingerprint()));
        return settings;
    }

    @Override
    public void run(StepRows rows, Decisions decisions, StepWork work) {
        var scanner = new PersonalScanner(PersonalSettings.DEFAULT, List.of());
        if (key.isEmpty()) {
            Redactions.remove("personal data", rows, decisions, work, text(scanner));
        } else {
            var pseudonyms = new Pseudonyms(key.get().bytes());
            Redactions.replace("personal data", rows, decisions, work, text(scanner, pseudonyms));
        }
        decisions.note(
                "names of people, places and organisations are not looked for: only what has a form or a checksum.");
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
