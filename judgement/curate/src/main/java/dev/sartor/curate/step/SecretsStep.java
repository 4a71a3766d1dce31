package dev.sartor.curate.step;

import dev.sartor.curate.secret.SecretScanner;
import dev.sartor.project.curation.StepName;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// Puts the name of its rule in the place of each key, password or token, or removes rows that have some.
///
/// @param removes whether rows go; else the secrets do
record SecretsStep(boolean removes) implements Step {
    @Override
    public StepName name() {
        return StepName.SECRETS;
    }

    @Override
    public SequencedMap<String, Object> settings() {
        var settings = new LinkedHashMap<String, Object>();
        settings.put("action", removes ? "remove" : "redact");
        return settings;
    }

    @Override
    public void run(StepRows rows, Decisions decisions, StepWork work) {
        var scanner = new SecretScanner();
        Redaction.Texts texts =
                (text, kinds) -> {
                    var found = scanner.scan(text);
                    found.forEach(each -> kinds.merge(each.rule(), 1, Integer::sum));
                    return found.isEmpty() ? text : SecretScanner.redact(text, found);
                };
        if (removes) {
            Redactions.remove("secrets", rows, decisions, work, texts);
        } else {
            Redactions.replace("secrets", rows, decisions, work, texts);
        }
    }
}
