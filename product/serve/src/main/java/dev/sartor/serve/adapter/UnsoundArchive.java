package dev.sartor.serve.adapter;

import dev.sartor.serve.http.Failure;
import dev.sartor.serve.http.Refused;

/// What is said of an archive that is none, or holds what it may not.
final class UnsoundArchive {
    private UnsoundArchive() {}

    static Refused because(String reason) {
        return new Refused(
                Failure.client(
                        400,
                        "The body is not a usable archive of an adapter: "
                                + reason
                                + ". Send a tar or zip file of the folder that PEFT's save_pretrained or `sartor tune` wrote.",
                        "invalid_adapter"));
    }
}
