package dev.sartor.studio.access;

import dev.sartor.serve.server.PageRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.random.RandomGenerator;

/// Who may see the pages: whoever read the address that the command printed, which holds a token. A browser exchanges it once for a
/// cookie that scripts cannot read and other sites do not send. Thread-safe.
public final class Session {
    /// Its name in the address.
    public static final String TOKEN = "token";

    /// Its name in forms.
    public static final String FORM_TOKEN = "form_token";

    private static final int BYTES = 32;

    private final RandomGenerator random;
    private final String token;
    private volatile Secrets secrets;

    /// @param cookie what proves that the token was known
    /// @param form what proves that a form is one of these pages'
    private record Secrets(String cookie, String form) {}

    /// @param random of whom nobody can guess the next number
    public Session(RandomGenerator random) {
        this.random = random;
        this.token = secret();
        this.secrets = new Secrets(secret(), secret());
    }

    private String secret() {
        var bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /// What the printed address ends with.
    public String token() {
        return token;
    }

    /// What each form holds.
    public String formToken() {
        return secrets.form();
    }

    public boolean isToken(String said) {
        return isSame(token, said);
    }

    /// Whether the browser holds the cookie.
    public boolean admits(PageRequest request, int port) {
        return request.cookie(cookieName(port))
                .filter(said -> isSame(secrets.cookie(), said))
                .isPresent();
    }

    public boolean isFormToken(String said) {
        return isSame(secrets.form(), said);
    }

    /// The header that gives the browser the cookie. Cookies know no ports: its name does.
    public String setCookie(int port) {
        return cookieName(port) + "=" + secrets.cookie() + "; Path=/; HttpOnly; SameSite=Strict";
    }

    /// The header that takes it back.
    public String clearCookie(int port) {
        return cookieName(port) + "=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0";
    }

    /// No browser is admitted any more before it shows the token again.
    public void end() {
        secrets = new Secrets(secret(), secret());
    }

    private static String cookieName(int port) {
        return "sartor-studio-" + port;
    }

    private static boolean isSame(String one, String other) {
        return MessageDigest.isEqual(
                one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
