package dev.sartor.promptsearch.answer;

import dev.sartor.compare.run.RunJson;
import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.core.file.LineLog;
import dev.sartor.promptsearch.budget.Cost;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/// The calls of a search, a line each in `calls.jsonl`: what is reserved before a call, and what was answered. A call that was begun and
/// whose answer is not there, as the process died, counts with what was reserved for it. Not thread-safe.
public final class CallLog {
    static final String PROPOSAL = "proposal";

    private static final String FILE = "calls.jsonl";

    private final Path file;
    private final LineLog log;
    private final Map<String, PromptedModel.Reply> replies = new HashMap<>();
    private final Map<String, Cost> costs = new HashMap<>();
    private final List<Past> past = new ArrayList<>();
    private Cost spent = Cost.NONE;
    private int calls;

    private CallLog(Path file) {
        this.file = file;
        this.log = LineLog.open(file);
    }

    /// A call for answers in an earlier sitting.
    ///
    /// @param tokens that were reserved
    record Past(long tokens, int questions, double seconds) {}

    /// A line of the file.
    ///
    /// @param call its number
    /// @param isReserved whether the call is about to be made
    /// @param of what was asked: a prompt and a split, or a request for a proposal
    /// @param replies by the examples' ids; the proposal's has the id `proposal`
    /// @param cost what is reserved, or was spent by this call
    /// @param spent by all calls up to here
    private record Line(
            int call,
            boolean isReserved,
            String of,
            Map<String, PromptedModel.Reply> replies,
            Cost cost,
            Cost spent) {}

    /// What is there is read; a last line that was cut short by the process's death is dropped.
    ///
    /// @param folder of the search; made where it is not there
    public static CallLog open(Path folder) {
        var log = new CallLog(folder.resolve(FILE));
        log.read();
        return log;
    }

    private void read() {
        var open = Cost.NONE;
        for (var line : log.before().stream().map(this::parsed).toList()) {
            calls = Math.max(calls, line.call());
            if (line.isReserved()) {
                open = line.cost();
            } else {
                take(line);
                if (!line.replies().isEmpty() && !line.replies().containsKey(PROPOSAL)) {
                    past.add(new Past(open.tokens(), line.replies().size(), line.cost().seconds()));
                }
                open = Cost.NONE;
            }
            spent = line.spent();
        }
        spent = spent.plus(open);
    }

    private void take(Line line) {
        line.replies().forEach((id, reply) -> replies.put(line.of() + "/" + id, reply));
        costs.merge(line.of(), line.cost(), Cost::plus);
    }

    private Line parsed(String line) {
        try {
            return RunJson.settings(Json.mapper().readValue(line, Map.class), Line.class);
        } catch (JacksonException e) {
            throw SartorException.user(
                    file
                            + " is damaged: "
                            + e.getOriginalMessage()
                            + ". Remove its folder; the same command searches anew.",
                    e);
        }
    }

    /// By all calls of earlier sittings.
    public Cost spent() {
        return spent;
    }

    /// Calls for answers in earlier sittings, in their order.
    List<Past> past() {
        return past;
    }

    /// By all calls for it, in all sittings.
    Cost cost(String of) {
        return costs.getOrDefault(of, Cost.NONE);
    }

    Optional<PromptedModel.Reply> reply(String of, String id) {
        return Optional.ofNullable(replies.get(of + "/" + id));
    }

    /// Before the call.
    void reserve(String of, Cost worst, Cost spentSoFar) {
        calls++;
        append(new Line(calls, true, of, Map.of(), worst, spentSoFar));
    }

    /// After the call.
    void keep(String of, Map<String, PromptedModel.Reply> said, Cost cost, Cost spentSoFar) {
        var line = new Line(calls, false, of, said, cost, spentSoFar);
        take(line);
        append(line);
    }

    private void append(Line line) {
        log.append(List.of(RunJson.line(line)));
    }
}
