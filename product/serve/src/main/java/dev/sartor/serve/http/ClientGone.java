package dev.sartor.serve.http;

import java.io.IOException;

/// The client hung up: whatever is being made for it may stop.
public final class ClientGone extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ClientGone(IOException cause) {
        super("the client hung up", cause);
    }
}
