package dev.sartor.serve.server;

import java.util.Map;

/// Who makes the pages that a {@link PageServer} serves. Asked by many threads at once.
public interface Pages {
    /// What every response carries, the server's own refusals among them: the policies that hold for all pages.
    Map<String, String> headers();

    /// Answers a GET or POST of any path; a HEAD comes as a GET. What it throws becomes a plain page of status 500.
    PageReply answer(PageRequest request);
}
