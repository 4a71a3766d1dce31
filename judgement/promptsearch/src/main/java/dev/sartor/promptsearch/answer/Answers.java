package dev.sartor.promptsearch.answer;

import dev.sartor.core.Example;
import dev.sartor.core.SartorException;
import dev.sartor.core.Split;
import dev.sartor.core.file.Sha256;
import dev.sartor.core.work.Cancellation;
import dev.sartor.evaluate.Metric;
import dev.sartor.evaluate.Prediction;
import dev.sartor.promptsearch.budget.Cost;
import dev.sartor.promptsearch.budget.Ledger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the model answers with each prompt, and what the proposer proposes. Nothing is asked for twice, and nothing that the budget
/// does not admit.
public final class Answers {
    /// Large enough for a batch, small enough to lose little, and for the clock to be looked at often.
    private static final int CHUNK = 16;

    private final PromptedModel model;
    private final CallLog log;
    private final Ledger ledger;
    private final Metric metric;
    private final Cancellation cancellation;

    private boolean hasRecalled;

    public Answers(
            PromptedModel model,
            CallLog log,
            Ledger ledger,
            Metric metric,
            Cancellation cancellation) {
        this.model = model;
        this.log = log;
        this.ledger = ledger;
        this.metric = metric;
        this.cancellation = cancellation;
        log.past().forEach(call -> model.recall(call.tokens(), call.questions(), call.seconds()));
    }

    /// What it costs at most to answer those of these that are not answered yet.
    public Cost worst(SearchedPrompt prompt, Split split, List<Example> examples) {
        var open = open(prompt, split, examples);
        return open.isEmpty() ? Cost.NONE : model.worst(prompt, open);
    }

    private List<Example> open(SearchedPrompt prompt, Split split, List<Example> examples) {
        var of = of(prompt, split);
        var open = new ArrayList<Example>();
        for (var each : examples) {
            var known = log.reply(of, each.id());
            if (known.isEmpty()) {
                open.add(each);
            } else if (!hasRecalled) {
                hasRecalled = true;
                model.recall(prompt, each, known.get());
            }
        }
        return open;
    }

    private static String of(SearchedPrompt prompt, Split split) {
        return prompt.key() + "/" + split.name();
    }

    /// Answers those that are not answered yet, as far as the budget goes.
    ///
    /// @return whether all are answered
    public boolean ask(SearchedPrompt prompt, Split split, List<Example> examples) {
        var open = open(prompt, split, examples);
        for (int from = 0; from < open.size(); from += CHUNK) {
            var chunk = open.subList(from, Math.min(from + CHUNK, open.size()));
            if (!askChunk(prompt, split, chunk)) {
                return false;
            }
        }
        return true;
    }

    private boolean askChunk(SearchedPrompt prompt, Split split, List<Example> chunk) {
        var worst = model.worst(prompt, chunk);
        var of = of(prompt, split);
        if (!begin(of, worst)) {
            return false;
        }
        double begun = ledger.spent().seconds();
        List<PromptedModel.Reply> said;
        try {
            said = model.answer(prompt, chunk);
        } catch (SartorException e) {
            if (e.isTooLong()) { // Nothing was computed.
                end(of, Map.of(), begun);
            }
            throw e;
        }
        var replies = new LinkedHashMap<String, PromptedModel.Reply>();
        for (int i = 0; i < chunk.size(); i++) {
            replies.put(chunk.get(i).id(), said.get(i));
        }
        end(of, replies, begun);
        return true;
    }

    /// Whether the budget admits the call, which is reserved then.
    private boolean begin(String of, Cost worst) {
        if (cancellation.isAsked()) {
            throw SartorException.stopped(
                    "stopped; what was answered is kept. Go on with the same command.");
        }
        if (!ledger.admits(worst)) {
            return false;
        }
        log.reserve(of, worst, ledger.spent());
        ledger.reserve(worst);
        return true;
    }

    /// @param begun the seconds that were spent before the call
    private void end(String of, Map<String, PromptedModel.Reply> replies, double begun) {
        var took = new Cost(0, 0, ledger.spent().seconds() - begun);
        var cost =
                replies.values().stream()
                        .map(each -> new Cost(each.tokens(), each.price(), 0))
                        .reduce(took, Cost::plus);
        ledger.settle(cost);
        log.keep(of, replies, cost, ledger.spent());
    }

    /// What the answers to training and validation examples with this prompt cost, in all sittings.
    public Cost cost(SearchedPrompt prompt) {
        return log.cost(of(prompt, Split.TRAIN)).plus(log.cost(of(prompt, Split.VALIDATION)));
    }

    /// What each of the examples counts, by the task's metric; all must be answered.
    public double[] values(SearchedPrompt prompt, Split split, List<Example> examples) {
        return metric.perExample(predictions(prompt, split, examples));
    }

    /// All must be answered.
    public List<Prediction> predictions(
            SearchedPrompt prompt, Split split, List<Example> examples) {
        var of = of(prompt, split);
        var predictions = new ArrayList<Prediction>();
        for (var each : examples) {
            predictions.add(Prediction.of(each, log.reply(of, each.id()).orElseThrow().text()));
        }
        return predictions;
    }

    /// A proposal; empty where the budget does not admit it.
    public Optional<String> propose(Proposer proposer, String request, long seed) {
        var of = Sha256.of(request + "\0" + seed);
        var known = log.reply(of, CallLog.PROPOSAL);
        if (known.isPresent()) {
            return known.map(PromptedModel.Reply::text);
        }
        if (!begin(of, proposer.worst(request))) {
            return Optional.empty();
        }
        double begun = ledger.spent().seconds();
        try {
            var said = proposer.propose(request, seed);
            end(of, Map.of(CallLog.PROPOSAL, said), begun);
            return Optional.of(said.text());
        } catch (SartorException e) {
            if (e.isTooLong()) { // Nothing was computed.
                end(of, Map.of(), begun);
            }
            throw e;
        }
    }
}
