package dev.sartor.sources;

import dev.sartor.core.SartorException;

/// An answer that asking again will not change.
///
/// Its reason is a sentence's end: `host answered 403 (forbidden) for https://…`.
final class WebFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;

    /// @param status 0 where it was not the status that failed
    WebFailure(int status, String reason) {
        super(reason);
        this.status = status;
    }

    int status() {
        return status;
    }

    String reason() {
        return String.valueOf(getMessage());
    }

    /// As the end of a listing, which fails as a whole.
    SartorException ofListing() {
        var next =
                switch (status) {
                    case 401, 403 ->
                            "name the environment variables with credentials in a .source.yaml, or ask for the right to"
                                    + " list it";
                    case 404, 410 -> "check the address";
                    default -> "look at it in a browser, or leave the source out";
                };
        return SartorException.user(
                reason() + ": " + next + ". Nothing was removed from the index.", this);
    }

    Store.Unfetchable ofDocument() {
        return new Store.Unfetchable(reason(), this);
    }
}
