package dev.sartor.studio.access;

import dev.sartor.serve.server.PageRequest;
import java.util.Optional;
import java.util.Set;

/// Where a request comes from, as far as a browser says. A page of another site can have a browser ask this server, by its address or
/// by a name that leads to it; neither may see or do anything.
///
/// @param port the server's
public record Origins(int port) {
    private static final String FETCH_SITE = "Sec-Fetch-Site";

    /// Why the request is refused, in words; empty where it is not.
    public Optional<String> refusal(PageRequest request) {
        var host = request.header("Host").orElse("");
        if (!hosts().contains(host)) {
            return Optional.of(
                    "This server answers to 127.0.0.1:"
                            + port
                            + " and localhost:"
                            + port
                            + " alone.");
        }
        boolean isOwn = request.isPost() ? isOwnForm(request, host) : isOwnRead(request);
        return isOwn
                ? Optional.empty()
                : Optional.of("This request comes from another site's page, and is refused.");
    }

    private Set<String> hosts() {
        return Set.of("127.0.0.1:" + port, "localhost:" + port, "[::1]:" + port);
    }

    /// A browser sends the origin with each form; without it, it must at least say that it is this site's.
    private static boolean isOwnForm(PageRequest request, String host) {
        return request.header("Origin")
                .map(origin -> origin.equals("http://" + host))
                .orElseGet(
                        () -> request.header(FETCH_SITE).filter("same-origin"::equals).isPresent());
    }

    /// What a person opens may be linked from anywhere: without the cookie nothing is shown. What a page fetches or embeds may not.
    private static boolean isOwnRead(PageRequest request) {
        var site = request.header(FETCH_SITE).orElse("none");
        return site.equals("none")
                || site.equals("same-origin")
                || (request.header("Sec-Fetch-Mode").filter("navigate"::equals).isPresent()
                        && request.header("Sec-Fetch-Dest").filter("document"::equals).isPresent());
    }
}
