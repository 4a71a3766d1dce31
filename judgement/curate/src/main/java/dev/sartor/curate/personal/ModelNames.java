package dev.sartor.curate.personal;

import dev.sartor.core.EntityRecogniser;
import dev.sartor.core.SartorException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Names that a model marks. The same name in other case, or with other blanks in it, is the same value.
public final class ModelNames implements EntityFinder {
    /// As CoNLL-2003, OntoNotes and most models since call them.
    private static final Map<String, PersonalKind> KINDS =
            Map.of(
                    "PER", PersonalKind.PERSON,
                    "PERSON", PersonalKind.PERSON,
                    "LOC", PersonalKind.LOCATION,
                    "LOCATION", PersonalKind.LOCATION,
                    "GPE", PersonalKind.LOCATION,
                    "FAC", PersonalKind.LOCATION,
                    "ORG", PersonalKind.ORGANISATION,
                    "ORGANISATION", PersonalKind.ORGANISATION,
                    "ORGANIZATION", PersonalKind.ORGANISATION);

    private final EntityRecogniser recogniser;
    private final Map<String, PersonalKind> kinds = new HashMap<>();

    /// @param recogniser stays the caller's
    /// @throws SartorException a user's error where none of its labels is of a person, a place or an organisation
    public ModelNames(EntityRecogniser recogniser) {
        this.recogniser = recogniser;
        for (var label : recogniser.labels()) {
            var kind = KINDS.get(label.toUpperCase(Locale.ROOT));
            if (kind != null) {
                kinds.put(label, kind);
            }
        }
        if (kinds.isEmpty()) {
            throw SartorException.user(
                    "personal_data.names must be a model whose labels are persons, places or organisations (PER, LOC, ORG, GPE,"
                            + " …), got one with "
                            + String.join(", ", recogniser.labels())
                            + ": name a model for named entities.");
        }
    }

    @Override
    public List<PersonalFinding> find(String text) {
        return recogniser.entities(text).stream()
                .filter(each -> kinds.containsKey(each.label()))
                .map(each ->
                        new PersonalFinding(
                                kinds.getOrDefault(each.label(), PersonalKind.PERSON),
                                each.start(),
                                each.end(),
                                each.probability(),
                                value(text.substring(each.start(), each.end()))))
                .toList();
    }

    private static String value(String name) {
        return name.toLowerCase(Locale.ROOT).strip().replaceAll("\\s+", " ");
    }
}
