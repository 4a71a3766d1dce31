package dev.sartor.constrain.schema;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// JSON Schema's formats as regular expressions. Each describes valid texts only, not all of them: no 29th of February,
/// no leap seconds, no quoted mail addresses and none under rare domains.
public final class JsonFormats {
    private static final String DATE =
            "[0-9]{4}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)"
                    + "|02-(0[1-9]|1[0-9]|2[0-8]))";
    private static final String CLOCK = "([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,6})?";
    private static final String ZONE = "(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])";
    private static final String MAILBOX = "[A-Za-z0-9]{1,20}([._+-][A-Za-z0-9]{1,12}){0,3}";
    private static final String LABEL = "[a-z][a-z0-9]{0,30}(-[a-z0-9]{1,20})?";

    /// Domains that there are; some validators refuse others.
    private static final String TOP =
            "(com|org|net|edu|gov|info|biz|io|ai|dev|app|eu|us|uk|ca|au|nz|ie|de|at|ch|fr|be|nl|lu|es|pt|it"
                    + "|dk|se|no|fi|is|pl|cz|sk|hu|ro|bg|gr|tr|ua|ru|il|ae|in|cn|jp|kr|sg|hk|tw|br|ar|mx|cl|za)";

    private static final String HOST = "[a-z][a-z0-9]{0,30}(\\.[a-z][a-z0-9]{0,30}){0,3}";
    private static final String BYTE = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final Map<String, String> PATTERNS =
            Map.ofEntries(
                    Map.entry("date", DATE),
                    Map.entry("time", CLOCK + ZONE),
                    Map.entry("date-time", DATE + "T" + CLOCK + ZONE),
                    Map.entry(
                            "duration",
                            "P([1-9][0-9]{0,3}W|[1-9][0-9]{0,3}D(T[1-9][0-9]?H)?|T[1-9][0-9]{0,3}[HMS])"),
                    Map.entry("email", MAILBOX + "@" + LABEL + "(\\." + LABEL + "){0,2}\\." + TOP),
                    Map.entry("hostname", HOST),
                    Map.entry("ipv4", BYTE + "(\\." + BYTE + "){3}"),
                    Map.entry("ipv6", "[0-9a-f]{1,4}(:[0-9a-f]{1,4}){7}"),
                    Map.entry(
                            "uuid", "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"),
                    Map.entry(
                            "uri",
                            "https?://"
                                    + HOST
                                    + "(:[1-9][0-9]{1,3})?(/[A-Za-z0-9._~-]{1,40}){0,8}/?"
                                    + "(\\?[A-Za-z0-9._~=&-]{1,80})?(#[A-Za-z0-9._~-]{1,40})?"));

    private JsonFormats() {}

    /// Empty for a format that is not known here.
    static Optional<String> pattern(String format) {
        return Optional.ofNullable(PATTERNS.get(format));
    }

    public static Set<String> names() {
        return PATTERNS.keySet();
    }
}
