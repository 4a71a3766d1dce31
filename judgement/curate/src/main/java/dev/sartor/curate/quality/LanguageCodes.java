package dev.sartor.curate.quality;

import dev.sartor.core.SartorException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The two-letter codes of languages (ISO 639-1) by code and by English name.
final class LanguageCodes {
    private static final Map<String, String> CODES = codes();

    private LanguageCodes() {}

    private static Map<String, String> codes() {
        var codes = new HashMap<String, String>();
        for (var code : Locale.getISOLanguages()) {
            codes.put(code, code);
            codes.put(
                    Locale.of(code).getDisplayLanguage(Locale.ENGLISH).toLowerCase(Locale.ROOT),
                    code);
            codes.put(Locale.of(code).getISO3Language(), code);
        }
        return codes;
    }

    /// Empty for what is no language. A region, as in `pt-BR`, is left out.
    static Optional<String> of(String name) {
        var plain = name.strip().toLowerCase(Locale.ROOT);
        int region = plain.indexOf('-');
        return Optional.ofNullable(CODES.get(region < 0 ? plain : plain.substring(0, region)));
    }

    static List<String> all(List<String> names) {
        return names.stream()
                .map(name ->
                        of(name).orElseThrow(() ->
                                SartorException.user(
                                        "curate.language.keep must be codes or English names of languages, got '"
                                                + name
                                                + "': en and english are English")))
                .distinct()
                .toList();
    }
}
