package dev.sartor.synthesis;

import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.core.file.LineLog;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/// What a model replied, a line each in `proposals.jsonl`, so that a run that was stopped goes on where it was. Not thread-safe.
final class ProposalLog {
    static final String FILE = "proposals.jsonl";

    private final LineLog log;
    private final Map<String, Reply> replies = new HashMap<>();

    private ProposalLog(LineLog log) {
        this.log = log;
    }

    /// @param key of what was asked, such as `pair 17`
    /// @param tokens of the request and the reply
    record Reply(String key, String text, long tokens, double price) {}

    private record Head(String made) {}

    /// @param made a digest of all that the replies hang on: another one is another run
    static ProposalLog open(Path out, String made) {
        var file = out.resolve(FILE);
        var log = new ProposalLog(LineLog.open(file));
        if (log.log.before().isEmpty()) {
            log.log.append(List.of(Json.line(new Head(made))));
        } else {
            log.read(file, made);
        }
        return log;
    }

    private void read(Path file, String made) {
        var lines = log.before();
        try {
            if (!Json.mapper().readValue(lines.getFirst(), Head.class).made().equals(made)) {
                throw SartorException.user(
                        file
                                + " was begun from other documents, another model or another seed: name another --out, or"
                                + " remove the folder.");
            }
            for (var line : lines.subList(1, lines.size())) {
                var reply = Json.mapper().readValue(line, Reply.class);
                replies.put(reply.key(), reply);
            }
        } catch (JacksonException e) {
            throw SartorException.user(
                    file
                            + " is damaged: "
                            + e.getOriginalMessage()
                            + ". Remove its folder; the same command begins anew.",
                    e);
        }
    }

    Optional<Reply> reply(String key) {
        return Optional.ofNullable(replies.get(key));
    }

    void keep(List<Reply> more) {
        more.forEach(each -> replies.put(each.key(), each));
        log.append(more.stream().map(Json::line).toList());
    }
}
