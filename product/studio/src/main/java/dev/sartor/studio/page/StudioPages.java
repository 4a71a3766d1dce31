package dev.sartor.studio.page;

import dev.sartor.core.SartorException;
import dev.sartor.serve.server.PageReply;
import dev.sartor.serve.server.PageRequest;
import dev.sartor.serve.server.Pages;
import dev.sartor.studio.access.Origins;
import dev.sartor.studio.access.Session;
import dev.sartor.studio.asset.Assets;
import dev.sartor.studio.read.StudioProjects;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The studio's pages behind its session: which address leads where, and what all of them carry. Until the port is known, nothing is
/// answered.
public final class StudioPages implements Pages {
    /// No script, style, picture or address but this server's, nothing inside the page, nobody's frame.
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
                    + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private static final Map<String, String> HEADERS =
            Map.of(
                    "Content-Security-Policy", POLICY,
                    "X-Content-Type-Options", "nosniff",
                    "Referrer-Policy", "no-referrer",
                    "Cross-Origin-Opener-Policy", "same-origin",
                    "Cross-Origin-Resource-Policy", "same-origin");

    private static final String LEAVE = "/leave";

    private final Session session;
    private final Assets assets = new Assets();
    private final Views views;
    private volatile Optional<Integer> port = Optional.empty();

    public StudioPages(Session session, StudioProjects projects) {
        this.session = session;
        this.views = new Views(projects, assets, session);
    }

    /// From here on requests to the server at this port are answered.
    public void begin(int at) {
        port = Optional.of(at);
    }

    @Override
    public Map<String, String> headers() {
        return HEADERS;
    }

    @Override
    public PageReply answer(PageRequest request) {
        if (port.isEmpty()) {
            return plain(503, "Not ready yet.");
        }
        int at = port.get();
        var refusal = new Origins(at).refusal(request);
        if (refusal.isPresent()) {
            return plain(403, refusal.get());
        }
        var token = request.query(Session.TOKEN);
        if (!request.isPost() && token.filter(session::isToken).isPresent()) {
            return PageReply.Whole.seeOther(
                    withoutToken(request).toString(), Map.of("Set-Cookie", session.setCookie(at)));
        }
        if (!session.admits(request, at)) {
            return PageReply.Whole.html(401, Html.closed());
        }
        return request.isPost() ? posted(request, at) : read(request);
    }

    private static Address withoutToken(PageRequest request) {
        return new Address(request.path(), request.query()).with(Session.TOKEN, "");
    }

    private PageReply read(PageRequest request) {
        var asset = assets.reply(request.path());
        if (asset.isPresent()) {
            return asset.get();
        }
        try {
            return views.of(request);
        } catch (SartorException e) {
            return failure(e);
        }
    }

    /// A user's mistake, such as a file that cannot be read, is told; a defect is the server's business to log.
    private PageReply failure(SartorException e) {
        return switch (e.kind()) {
            case USER, MISSING ->
                    views.message(
                            e.kind() == SartorException.Kind.USER ? 400 : 503,
                            "This cannot be shown",
                            List.of(String.valueOf(e.getMessage()).split("\n", -1)));
            case STOPPED, DEFECT -> throw e;
        };
    }

    private PageReply posted(PageRequest request, int at) {
        Map<String, String> form;
        try {
            form = request.form();
        } catch (IllegalArgumentException e) {
            return plain(400, "The form is not well formed.");
        }
        if (!session.isFormToken(form.getOrDefault(Session.FORM_TOKEN, ""))) {
            return plain(
                    403,
                    "The form is not one of these pages', or it is an old one: open the page anew.");
        }
        if (!request.path().equals(LEAVE)) {
            return plain(404, "There is nothing to be sent to " + request.path() + ".");
        }
        session.end();
        return PageReply.Whole.seeOther("/", Map.of("Set-Cookie", session.clearCookie(at)));
    }

    private static PageReply plain(int status, String said) {
        return new PageReply.Whole(
                status,
                Map.of("Content-Type", "text/plain; charset=utf-8", "Cache-Control", "no-store"),
                (said + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
