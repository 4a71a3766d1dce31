package dev.sartor.synthesis;

import dev.sartor.core.Answer;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// The model that makes pairs, behind its log. The responder is the caller's: it is not closed here.
final class AskedModel {
    /// Another seed, another pair.
    private static final double TEMPERATURE = 0.7;

    private static final double MILLION = 1e6;

    private final Responder model;
    private final Optional<Remote> remote;
    private final ProposalLog log;
    private final long seed;
    private long tokens;
    private double price;
    private int tooLong;

    AskedModel(Responder model, Optional<Remote> remote, ProposalLog log, long seed) {
        this.model = model;
        this.remote = remote;
        this.log = log;
        this.seed = seed;
    }

    /// @param key by which its reply is kept
    /// @param readers who may read what stands in the messages
    record Request(
            String key, List<Message> messages, Readers readers, AnswerForm form, long number) {
        Request {
            messages = List.copyOf(messages);
        }
    }

    /// The replies in their order; those of an earlier sitting are not asked for again.
    List<String> replies(List<Request> requests) {
        var open = requests.stream().filter(each -> log.reply(each.key()).isEmpty()).toList();
        if (!open.isEmpty()) {
            log.keep(asked(open));
        }
        return requests.stream().map(each -> taken(log.reply(each.key()).orElseThrow())).toList();
    }

    private List<ProposalLog.Reply> asked(List<Request> open) {
        var kept = new ArrayList<ProposalLog.Reply>();
        var fitting = new ArrayList<Request>();
        for (var each : open) {
            if (model.room(question(each)).orElse(0) < 0) {
                kept.add(new ProposalLog.Reply(each.key(), "", 0, 0));
            } else {
                fitting.add(each);
            }
        }
        var answers =
                fitting.isEmpty()
                        ? List.<Answer>of()
                        : model.answer(
                                fitting.stream().map(this::question).toList(), Progress.silent());
        for (int i = 0; i < fitting.size(); i++) {
            kept.add(reply(fitting.get(i), answers.get(i)));
        }
        return kept;
    }

    private String taken(ProposalLog.Reply reply) {
        tokens += reply.tokens();
        price += reply.price();
        tooLong += reply.tokens() == 0 ? 1 : 0;
        return reply.text();
    }

    private ProposalLog.Reply reply(Request request, Answer answer) {
        var usage = answer.usage();
        double cost =
                remote.map(each ->
                                (usage.promptTokens() * each.pricePerMillionPromptTokens()
                                                + usage.completionTokens()
                                                        * each.pricePerMillionCompletionTokens())
                                        / MILLION)
                        .orElse(0.0);
        return new ProposalLog.Reply(
                request.key(),
                answer.text(),
                usage.promptTokens() + (long) usage.completionTokens(),
                cost);
    }

    private Question question(Request request) {
        var sampling =
                new Sampling(
                                TEMPERATURE,
                                Truncation.none(),
                                Penalties.none(),
                                Map.of(),
                                seed,
                                List.of(),
                                OptionalInt.empty())
                        .forAnswer((int) request.number());
        return new Question(
                        request.key(),
                        request.messages(),
                        request.form(),
                        sampling,
                        Principal.local())
                .readableBy(request.readers());
    }

    /// Of all replies that were taken, those of earlier sittings included.
    long tokens() {
        return tokens;
    }

    /// How many requests did not fit the model's context, and were answered with nothing.
    int tooLong() {
        return tooLong;
    }

    /// In the currency of the remote's prices.
    double price() {
        return price;
    }
}
