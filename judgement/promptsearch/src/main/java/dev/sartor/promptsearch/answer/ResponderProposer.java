package dev.sartor.promptsearch.answer;

import dev.sartor.core.AnswerForm;
import dev.sartor.core.Message;
import dev.sartor.core.Penalties;
import dev.sartor.core.Principal;
import dev.sartor.core.Question;
import dev.sartor.core.Readers;
import dev.sartor.core.Responder;
import dev.sartor.core.Sampling;
import dev.sartor.core.Truncation;
import dev.sartor.core.work.Progress;
import dev.sartor.project.setting.Remote;
import dev.sartor.promptsearch.budget.Cost;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// A responder that is asked for instructions. It is the caller's: it is not closed here.
public final class ResponderProposer implements Proposer {
    private static final int MOST_TOKENS = 256;

    /// Another seed, another proposal.
    private static final double TEMPERATURE = 0.8;

    private final Responder model;
    private final Readers readers;
    private final Meter meter;

    /// @param readers who may read all that requests are made of
    /// @param remote whose prices count; empty for a model of this machine
    public ResponderProposer(
            Responder model, Readers readers, Optional<Remote> remote, Clock clock) {
        this.model = model;
        this.readers = readers;
        this.meter = new Meter(model, remote, clock);
    }

    @Override
    public Cost worst(String request) {
        return meter.worst(meter.most(question(request, 0)), 1);
    }

    @Override
    public PromptedModel.Reply propose(String request, long seed) {
        var asked = List.of(question(request, seed));
        var answer = meter.measured(asked, () -> model.answer(asked, Progress.silent())).getFirst();
        return meter.reply(answer, answer.text());
    }

    private Question question(String request, long seed) {
        var sampling =
                new Sampling(
                        TEMPERATURE,
                        Truncation.none(),
                        Penalties.none(),
                        Map.of(),
                        seed,
                        List.of(),
                        OptionalInt.empty());
        return new Question(
                        "proposal",
                        List.of(Message.user(request)),
                        new AnswerForm.FreeText(MOST_TOKENS),
                        sampling,
                        Principal.local())
                .readableBy(readers);
    }
}
