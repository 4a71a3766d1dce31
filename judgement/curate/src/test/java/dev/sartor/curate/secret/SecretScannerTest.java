package dev.sartor.curate.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Tokens are drawn here, so that no line of this file is like one that was ever given out.
class SecretScannerTest {
    private static final String BASE_36 = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final String BASE_62 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ" + BASE_36;
    private static final SecretScanner SCANNER = new SecretScanner();

    private static String drawn(String alphabet, int length) {
        var random = new Random(31L * alphabet.length() + length);
        var drawn = new StringBuilder();
        for (int i = 0; i < length; i++) {
            drawn.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return drawn.toString();
    }

    private static List<String> found(String text) {
        return SCANNER.scan(text).stream()
                .map(each -> each.rule() + " " + text.substring(each.start(), each.end()))
                .toList();
    }

    private static void assertFound(String rule, String secret, String... texts) {
        for (var text : texts) {
            assertThat(found(text.formatted(secret))).as(text).containsExactly(rule + " " + secret);
        }
    }

    @Test
    void tokensWithAFormOfTheirOwnNeedNoName() {
        assertFound(
                "github-pat",
                "ghp_" + drawn(BASE_62, 36),
                "%s",
                "I pushed with %s.",
                "https://%s@github.com/a/b",
                "{\"a\":\"%s\"}",
                "x\\n%s\\ny");
        assertFound("gcp-api-key", "AIza" + drawn(BASE_62, 35), "key: %s", "?key=%s&x=1");
        assertFound(
                "aws-access-token", "AKIA" + drawn("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16), "(%s)");
        assertFound("vault-service-token", "s." + drawn(BASE_62, 24), "VAULT_TOKEN=%s");
        assertFound(
                "maxmind-license-key", drawn(BASE_62, 6) + "_" + drawn(BASE_62, 29) + "_mmk", "%s");
        assertFound(
                "openai-api-key",
                "sk-" + drawn(BASE_62, 20) + "T3BlbkFJ" + drawn(BASE_62, 20),
                "OPENAI_API_KEY=%s\n");
        assertFound(
                "jwt",
                "eyJ"
                        + drawn(BASE_62, 30)
                        + ".eyJ"
                        + drawn(BASE_62, 2_000)
                        + "."
                        + drawn(BASE_62, 43),
                "Cookie: session=%s; a=b");
    }

    @Test
    void tokensWithoutOneNeedTheirIssuersName() {
        var uuid = "1b4e28ba-2fa1-11d2-883f-b9a761bde3fb";
        assertFound(
                "heroku-api-key",
                uuid,
                "HEROKU_API_KEY=%s",
                "\"heroku\": {\"key\": \"%s\"}",
                "our heroku key is %s",
                "<heroku-key>%s</heroku-key>");
        assertThat(found(uuid)).isEmpty();
        assertFound("datadog-access-token", drawn(BASE_36, 40), "datadog_key => '%s'");
        assertThat(found("datadog has " + drawn(BASE_36, 40))).isEmpty();
    }

    @Test
    void whatLooksRandomAndIsAssignedToAKeyIsASecret() {
        var key = drawn(BASE_62, 40);
        assertFound(
                "generic-api-key",
                key,
                "api_key = \"%s\"",
                "export SERVICE_TOKEN=%s",
                "{\"clientSecret\": \"%s\"}",
                "<api-key>%s</api-key>",
                "secret: %s # of the build",
                "client.set(\"api_key\", \"%s\")");
        assertThat(found("public_key = \"" + key + "\"")).isEmpty();
        assertThat(found("sha256_key: " + key)).isEmpty();
        assertThat(found("commit = \"" + key + "\"")).isEmpty();
    }

    @Test
    void passwordsMayBeShort() {
        assertFound(
                "generic-password",
                "Wn7!kd2Lq",
                "password=%s",
                "DB_PASSWORD: '%s'",
                "the password is %s",
                "Server=a;User=b;Password=%s;Timeout=3",
                "<add key=\"ClearTextPassword\" value=\"%s\" />");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password: ${DB_PASSWORD}",
                "password = os.environ['DB_PASSWORD']",
                "password=<your-password>",
                "password: changeme123",
                "password is important in 2024",
                "token = getToken(user1)",
                "isinstance(key, Ed25519PrivateKeys_v2)",
                "access = winreg.KEY_READ | winreg.KEY_WOW64_32KEY",
                "password=auth_info[21]",
                "[\"Authorization\", \"Proxy-Authorization2\"]",
                "api_key = config.services.payment.key",
                "api_key: YOUR_API_KEY_1234567890",
                "secret = \"xxxxxxxxxxxxxxxxxxxx1\"",
                "AKIAIOSFODNN7EXAMPLE",
                "max_tokens = 4096000000",
                "tokenizer: bert-base-uncased-v12",
                "the key is to practise every day, 12 hours",
                "postgres://user:password@localhost/db",
                "postgres://user:${PASSWORD}@localhost/db",
                "https://example.com:8080/a@b",
                "Authorization: Bearer <token>",
                "-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA1234567890abcdefghij"
                        + "\n-----END PUBLIC KEY-----",
            })
    void whatOnlyStandsWhereASecretWouldIsNone(String text) {
        assertThat(found(text)).isEmpty();
    }

    @Test
    void passwordsStandInAddressesAndHeadersAndCommands() {
        assertFound(
                "url-password",
                "k3Jd9sLq",
                "postgres://app:%s@db.internal:5432/app",
                "amqps://:%s@mq/");
        assertFound(
                "authorization-header",
                drawn(BASE_62, 32),
                "Authorization: Bearer %s",
                "curl -H 'Authorization: Token %s' https://a.io",
                "\"authorization\": \"Basic %s\"",
                "request.header(\"Authorization\", \"Bearer %s\")");
        assertFound(
                "curl-auth-user",
                "k3Jd9sLq",
                "curl -s -u 'bob:%s' https://a.io",
                "curl --user bob:%s x");
    }

    @Test
    void aPrivateKeyIsOneSecretFromItsFirstDashToItsLast() {
        var body = drawn(BASE_62, 64) + "\n" + drawn(BASE_62, 40) + "==\n";
        var pem = "-----BEGIN RSA PRIVATE KEY-----\n" + body + "-----END RSA PRIVATE KEY-----";
        assertFound("private-key", pem, "key:\n%s\n", "%s");
        assertFound("private-key", pem.replace("\n", "\\n"), "{\"private_key\": \"%s\\n\"}");
        var cut = "-----BEGIN PRIVATE KEY-----\n" + body;
        assertThat(found(cut)).containsExactly("private-key " + cut);
    }

    @Test
    void entriesOfAKubernetesSecretAreFoundWhereverItsKindStands() {
        var value = "c3VwZXJnZWhlaW0=";
        for (var text :
                List.of(
                        "kind: Secret\nmetadata:\n  name: a\ndata:\n  db: %s\ntype: Opaque\n",
                        "data:\n  db: \"%s\"\nkind: Secret\n")) {
            assertFound("kubernetes-secret-yaml", value, text);
        }
        assertThat(found("kind: ConfigMap\ndata:\n  db: " + value + "\n")).isEmpty();
    }

    @Test
    void theIssuersRuleGoesBeforeTheGenericOne() {
        var token = "glpat-" + drawn(BASE_62, 20);
        assertThat(found("access_token = \"" + token + "\""))
                .containsExactly("gitlab-pat " + token);
    }

    @Test
    void secretsAreReplacedByTheirRules() {
        var text = "a ghp_" + drawn(BASE_62, 36) + " b password=Wn7!kd2Lq";
        assertThat(SecretScanner.redact(text, SCANNER.scan(text)))
                .isEqualTo("a [SECRET_github-pat] b password=[SECRET_generic-password]");
    }

    @Test
    void whatWasReplacedIsNotFoundAgain() {
        var text = "api_key = \"" + drawn(BASE_62, 40) + "\" password: Wn7!kd2Lq";
        var once = SecretScanner.redact(text, SCANNER.scan(text));
        assertThat(found(once)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"aaaa, 0", "abab, 1", "abcd, 2", "abcdefgh, 3"})
    void entropyIsInBitsForEachChar(String text, double bits) {
        assertThat(Values.entropy(text, 0, text.length())).isCloseTo(bits, within(1e-12));
    }

    /// 200 KB each: where a keyword's rule looked at all that follows, 30,000 of them would be 6·10⁹ steps.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "key=",
                "key",
                "password: ",
                "ghp_",
                "ghp_a",
                "t3blbkfj",
                "eyJ",
                "eyJa.eyJ",
                "://",
                "://a:b",
                "curl -u ",
                "curl ",
                "authorization: bearer ",
                "-----BEGIN PRIVATE KEY-----",
                "-----BEGIN ",
                "-----",
                "kind: Secret\ndata:\n a: ",
                "s.",
                "SK",
                "heroku=",
                "adafruit ",
                "_mmk",
                "q~",
                "xoxb-1-",
                "A",
                "pypi-AgEIcHlwaS5vcmc",
                "glpat-",
                "é",
                "\n"
            })
    void hostileTextTakesTimeInProportion(String part) {
        assertThat(SCANNER.scan(part.repeat(200_000 / part.length()))).isNotNull();
    }
}
