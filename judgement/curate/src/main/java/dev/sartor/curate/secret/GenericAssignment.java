package dev.sartor.curate.secret;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/// Values that look random, or like a password, and are assigned to a name that says so: `api_key: …`, `"clientSecret": "…"`,
/// `the password is …`.
record GenericAssignment() implements Detector {
    private static final String ID = "generic-api-key";
    private static final String PASSWORD_ID = "generic-password";
    private static final int LONGEST_NAME = 60;
    private static final int LONGEST_GAP = 12;
    private static final int LONGEST_VALUE = 200;
    private static final int SHORTEST_KEY = 10;
    private static final int SHORTEST_PASSWORD = 8;
    private static final double KEY_ENTROPY = 3.5;
    private static final double PASSWORD_ENTROPY = 2.75;

    private static final List<String> PASSWORDS = List.of("passw", "pwd", "passphrase");

    /// Names with a keyword in them whose values are no secrets.
    private static final List<String> OTHER_NAMES =
            List.of(
                    "public",
                    "primary",
                    "foreign",
                    "keyboard",
                    "keyword",
                    "keystone",
                    "keynote",
                    "monkey",
                    "turkey",
                    "donkey",
                    "hockey",
                    "tokenizer",
                    "tokeniser",
                    "tokens",
                    "token_count",
                    "token_type",
                    "author",
                    "key_id",
                    "keyid",
                    "key_name",
                    "keyname",
                    "sort_key",
                    "cache_key",
                    "cachekey",
                    "object_key",
                    "key_type",
                    "hash",
                    "checksum",
                    "sha1",
                    "sha256",
                    "sha512",
                    "md5",
                    "digest",
                    "fingerprint",
                    "issuer",
                    "url",
                    "uri",
                    "endpoint",
                    "file",
                    "path",
                    "length",
                    "csrf",
                    "accessib");

    @Override
    public List<String> keywords() {
        return List.of(
                "passw",
                "pwd",
                "passphrase",
                "secret",
                "token",
                "key",
                "auth",
                "credential",
                "creds",
                "access");
    }

    @Override
    public void look(String text, int start, int end, Consumer<SecretFinding> found) {
        int to = end;
        while (to < text.length() && to - end < LONGEST_NAME && Values.isName(text.charAt(to))) {
            to++;
        }
        int value = valueStart(text, to);
        if (value < 0) {
            return;
        }
        int from = start;
        while (from > 0 && start - from < LONGEST_NAME && Values.isName(text.charAt(from - 1))) {
            from--;
        }
        value(text, value, text.substring(from, to).toLowerCase(Locale.ROOT), found);
    }

    /// The index of the value after a name, an operator, and quotes or spaces; -1 where there is none.
    private static int valueStart(String text, int nameEnd) {
        int i = nameEnd;
        boolean isAssigned = false;
        boolean isArgument = false;
        int limit = Math.min(text.length(), nameEnd + LONGEST_GAP);
        while (i < limit) {
            char c = text.charAt(i);
            if (c == '=' || c == ':' || c == '>' || c == '|') {
                isAssigned = true;
                i++;
            } else if (text.startsWith("is ", i) || text.startsWith("value=", i)) {
                isAssigned = true;
                i = text.indexOf(c == 'i' ? ' ' : '=', i) + 1;
            } else if (c == ' ' || c == '\t' || c == '\\' || Values.isQuote(c)) {
                i++;
            } else if (!isAssigned && (c == ']' || c == ')' || c == ',' || c == '?')) {
                isArgument |= c == ',';
                i++;
            } else {
                // set("key", "value") is an assignment, isInstance(key, Value) is none
                boolean isQuoted = i > nameEnd && Values.isQuote(text.charAt(i - 1));
                return isAssigned || (isArgument && isQuoted) ? i : -1;
            }
        }
        return -1;
    }

    private static void value(String text, int from, String name, Consumer<SecretFinding> found) {
        boolean isPassword = PASSWORDS.stream().anyMatch(name::contains);
        int to = valueEnd(text, from);
        char last = to > from ? text.charAt(to - 1) : ' ';
        if (!Values.isQuote(text.charAt(from - 1)) && (last == '.' || last == ':')) {
            to--; // the sentence's
        }
        if (to - from > LONGEST_VALUE || to - from < SHORTEST_PASSWORD) {
            return;
        }
        var value = text.substring(from, to);
        if (!Values.isQuote(text.charAt(from - 1)) && Values.isDottedName(value)) {
            return;
        }
        double entropy = Values.entropy(text, from, to);
        if ((isPassword ? isPassword(value, entropy) : isKey(value, entropy))
                && OTHER_NAMES.stream().noneMatch(name::contains)) {
            found.accept(new SecretFinding(isPassword ? PASSWORD_ID : ID, from, to, entropy));
        }
    }

    /// At the closing quote, or where no quote opened at what ends a word.
    private static int valueEnd(String text, int from) {
        char before = text.charAt(from - 1);
        boolean isQuoted = Values.isQuote(before);
        int to = from;
        while (to < text.length() && to - from <= LONGEST_VALUE) {
            char c = text.charAt(to);
            boolean isEnd =
                    isQuoted
                            ? c == before || c == '\n' || c == '\\'
                            : Values.isSpace(c)
                                    || Values.isQuote(c)
                                    || ",;)}]<>&\\".indexOf(c) >= 0;
            if (isEnd) {
                break;
            }
            to++;
        }
        return to;
    }

    static boolean isGeneric(String rule) {
        return rule.equals(ID) || rule.equals(PASSWORD_ID);
    }

    private static boolean isKey(String value, double entropy) {
        return value.length() >= SHORTEST_KEY
                && entropy >= KEY_ENTROPY
                && value.chars().allMatch(c -> isKey((char) c))
                && Values.hasDigit(value)
                && Values.hasLetter(value)
                && !Values.isReference(value);
    }

    private static boolean isKey(char c) {
        return Values.isName(c) || c == '+' || c == '/' || c == '=' || c == '~';
    }

    /// Letters with digits or signs among them; no sentence, no call, no variable.
    private static boolean isPassword(String value, double entropy) {
        return entropy >= PASSWORD_ENTROPY
                && value.indexOf(' ') < 0
                && Values.hasLetter(value)
                && (Values.hasDigit(value)
                        || value.chars().anyMatch(c -> "!@#$%^&*+?".indexOf(c) >= 0))
                && !Values.isReference(value);
    }
}
