package dev.sartor.curate.step;

import dev.sartor.curate.licence.LicenceKind;
import dev.sartor.curate.licence.Licences;
import dev.sartor.project.curation.StepName;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;

/// Removes files of code under a licence that is not permissive, by what they say themselves or by the nearest licence file above them. A
/// row's field `path` says where it stands.
///
/// @param removesUnknown whether code under no licence that is known goes
record LicencesStep(boolean removesUnknown) implements Step {
    private static final String PATH = "path";

    @Override
    public StepName name() {
        return StepName.LICENCES;
    }

    @Override
    public SequencedMap<String, Object> settings() {
        var settings = new LinkedHashMap<String, Object>();
        settings.put("unknown", removesUnknown ? "remove" : "keep");
        return settings;
    }

    private record Told(LicenceKind kind, String expression) {}

    @Override
    public void run(StepRows rows, Decisions decisions, StepWork work) {
        var texts = new HashMap<String, String>();
        for (int row = 0; row < rows.size(); row++) {
            var path = path(rows, row);
            if (Licences.isLicenceFile(path)) {
                texts.put(path, rows.text(row));
            }
        }
        var licences = Licences.of(texts);
        Blocks.inOrder(
                "licences",
                rows.references(),
                rows,
                row -> told(licences, path(rows, row), rows.text(row)),
                (Integer row, Optional<Told> told) -> {
                    var kind = told.map(Told::kind).orElse(LicenceKind.UNKNOWN);
                    boolean stays =
                            kind == LicenceKind.PERMISSIVE
                                    || (kind == LicenceKind.UNKNOWN && !removesUnknown);
                    if (!stays) {
                        var details = new LinkedHashMap<String, Object>();
                        told.ifPresent(each -> details.put("licence", each.expression()));
                        decisions.remove(
                                row,
                                kind == LicenceKind.UNKNOWN
                                        ? "is under no licence that is known"
                                        : "is under a licence that is "
                                                + kind.name()
                                                        .toLowerCase(Locale.ROOT)
                                                        .replace('_', ' '),
                                1,
                                details);
                    }
                },
                work);
    }

    private static Optional<Told> told(Licences licences, String path, String text) {
        return licences.of(path, text)
                .map(found -> new Told(found.kind(), found.expression().toString()));
    }

    private static String path(StepRows rows, int row) {
        return rows.fields(row).path(PATH).asString("");
    }
}
