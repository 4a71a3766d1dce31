package dev.sartor.serve.openai;

import dev.sartor.core.Answer;
import dev.sartor.core.Question;
import dev.sartor.core.SartorException;
import dev.sartor.serve.Limits;
import dev.sartor.serve.ServedAdapter;
import dev.sartor.serve.ServedModel;
import dev.sartor.serve.ServedModels;
import dev.sartor.serve.TracedRequest;
import dev.sartor.serve.http.Attended;
import dev.sartor.serve.http.Caller;
import dev.sartor.serve.http.Demand;
import dev.sartor.serve.http.Doors;
import dev.sartor.serve.http.EventStream;
import dev.sartor.serve.http.Failure;
import dev.sartor.serve.http.Meters;
import dev.sartor.serve.http.Refused;
import dev.sartor.serve.http.Reply;
import dev.sartor.serve.http.RequestTrace;
import dev.sartor.serve.http.Tally;
import dev.sartor.serve.http.Trail;
import dev.sartor.serve.http.WatchedEndPoint;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/// The way of each request for an answer, whichever path it came by: whether the caller may ask the model, a place, the audit
/// log, figures, and the answer whole or as a stream. Without a temperature, answers are the likeliest text, as they were measured.
public final class Answering {
    /// Names the version of the prompt that answers.
    private static final String PROMPT_VERSION = "x-prompt-version";

    /// An adapter that is replaced so often between two looks at it is not to be had.
    private static final int MOST_LOOKS = 100;

    private static final Logger LOG = LoggerFactory.getLogger(Answering.class);

    private final ServedModels models;
    private final Limits limits;
    private final Doors doors;
    private final Meters meters;
    private final RandomGenerator random;

    public Answering(
            ServedModels models,
            Limits limits,
            Doors doors,
            Meters meters,
            RandomGenerator random) {
        this.models = models;
        this.limits = limits;
        this.doors = doors;
        this.meters = meters;
        this.random = random;
    }

    /// Answers a request.
    ///
    /// @param rendering writes the answer of the model that was found
    public void answer(
            Context context, ChatRequest request, Function<ServedModel, Rendering> rendering) {
        try (var found = found(request.model(), Caller.of(context))) {
            answer(context, request, found.model(), rendering.apply(found.model()));
        }
    }

    private void answer(
            Context context, ChatRequest request, ServedModel model, Rendering rendering) {
        var caller = Caller.of(context);
        meters.name(context, request.model());
        Trail.of(context).asked(request.model(), model);
        var asked = asked(request, model, caller, Trail.of(context));
        model.prompt().ifPresent(id -> context.header(PROMPT_VERSION, id));
        if (request.stream()) {
            stream(context, caller, asked, rendering);
        } else {
            var connection = WatchedEndPoint.of(context.req());
            var answers =
                    attended(caller, asked, connection::isClosedByClient)
                            .run(tally -> answers(asked, tally, _ -> _ -> {}));
            Trail.of(context).answered(answers);
            Reply.send(context, 200, rendering.whole(answers));
        }
    }

    /// Answers a request that nobody waits for, where there is a place and nobody waits for one.
    ///
    /// @return the answer as it is rendered whole; empty where it was not begun
    Optional<JsonNode> answerLater(
            ChatRequest request,
            Caller caller,
            Trail trail,
            Function<ServedModel, Rendering> rendering) {
        try (var found = found(request.model(), caller)) {
            var model = found.model();
            trail.asked(request.model(), model);
            var asked = asked(request, model, caller, trail);
            return attended(caller, asked, () -> false)
                    .runIfNobodyWaits(tally -> answers(asked, tally, _ -> _ -> {}))
                    .<JsonNode>map(answers -> {
                        trail.answered(answers);
                        return rendering.apply(model).whole(answers);
                    });
        }
    }

    private Question question(ChatRequest request, ServedModel model, Caller caller) {
        return new Question(
                caller.requestId(),
                request.messages(),
                RequestedForm.of(model.form(), request),
                request.sampling().withSeed(request.seed().orElseGet(random::nextLong)),
                caller.principal());
    }

    private Asked asked(ChatRequest request, ServedModel model, Caller caller, Trail trail) {
        trail.trace()
                .wanted(
                        new TracedRequest.Wanted(
                                request.answers(),
                                request.maxTokens().stream().mapToInt(limit -> limit).findFirst(),
                                request.sampling().temperature(),
                                request.stream()));
        return new Asked(request, model, question(request, model, caller), trail.trace());
    }

    private Attended attended(Caller caller, Asked asked, BooleanSupplier isGone) {
        asked.trace().waiting();
        return new Attended(doors, caller, asked.demand(), isGone);
    }

    /// What one request asks of whom.
    private record Asked(
            ChatRequest request, ServedModel model, Question question, RequestTrace trace) {
        Demand demand() {
            return ChatDemand.of(request.model(), request.answers(), model, question);
        }
    }

    private void stream(Context context, Caller caller, Asked asked, Rendering rendering) {
        Trail.of(context).begin();
        try (var events = EventStream.open(context, limits.heartbeat())) {
            var live = rendering.live(events);
            try {
                var answers =
                        attended(caller, asked, events::isClientGone)
                                .run(tally -> answers(asked, tally, live::text));
                events.waitForClient();
                Trail.of(context).answered(answers);
                Trail.of(context).keep(context.statusCode());
                live.end(answers);
            } catch (RuntimeException | Error e) {
                if (events.isClientGone()) {
                    LOG.debug("{}: the client hung up", asked.question().id());
                    meters.status(context, Meters.HUNG_UP);
                } else if (!endsInStream(context, events, live, e)) {
                    throw e;
                }
            }
        }
    }

    /// Each answer is drawn with a seed of its own.
    ///
    /// @param onText what gets the text of which answer
    private List<Answer> answers(Asked asked, Tally tally, IntFunction<Consumer<String>> onText) {
        tally.begin();
        asked.trace().working();
        var sampling = asked.question().sampling();
        return SideBySide.all(
                asked.request().answers(),
                (i, stopIfOver) -> {
                    var taking = onText.apply(i);
                    return ask(
                            asked,
                            tally,
                            asked.question().withSampling(sampling.forAnswer(i)),
                            piece -> {
                                stopIfOver.run();
                                taking.accept(piece);
                            });
                });
    }

    /// @return false where nothing was sent yet: the failure can still become the response's status
    private boolean endsInStream(
            Context context, EventStream events, Rendering.Live live, Throwable thrown) {
        var told =
                events.endWith(
                        () -> Failure.of(thrown, Caller.of(context).requestId()), live::fail);
        told.ifPresent(failure -> {
            meters.failed(failure);
            Trail.of(context).failed(failure);
            meters.status(context, failure.status());
        });
        return told.isPresent();
    }

    private Answer ask(Asked asked, Tally tally, Question question, Consumer<String> onText) {
        var request = asked.request();
        var start = System.nanoTime();
        var isFirst = new AtomicBoolean(true);
        var pieces = new AtomicLong();
        var trace = asked.trace().answer();
        Consumer<String> taken =
                piece -> {
                    doors.admission().refuseIfCut();
                    pieces.incrementAndGet();
                    tally.piece();
                    // An empty piece only asks whether anyone still reads.
                    if (!piece.isEmpty() && isFirst.getAndSet(false)) {
                        trace.firstText();
                        meters.firstText(request.model(), System.nanoTime() - start);
                    }
                    onText.accept(piece);
                };
        var answer =
                trace.make(() ->
                        request.names()
                                .naming(() ->
                                        WantedForm.naming(
                                                request.form(),
                                                () ->
                                                        asked.model().responder().stream(
                                                                question, taken))));
        tally.answered(answer.usage(), pieces.get());
        refuseForeignPassages(answer, question);
        meters.tokens(request.model(), answer.usage());
        return answer;
    }

    /// A model whose adapter stays as it is until this is closed.
    private record Found(ServedModel model, Optional<ServedAdapter.Hold> hold)
            implements AutoCloseable {
        @Override
        public void close() {
            hold.ifPresent(ServedAdapter.Hold::close);
        }
    }

    private Found found(String name, Caller caller) {
        for (int look = 0; look < MOST_LOOKS; look++) {
            var model = model(name, caller);
            var hold = model.adapter().flatMap(ServedAdapter::hold);
            if (hold.isPresent() || model.adapter().isEmpty()) {
                return new Found(model, hold);
            }
        }
        throw SartorException.missing(
                "the adapter is being replaced over and over: ask again when that has ended");
    }

    private ServedModel model(String name, Caller caller) {
        if (models.embedder(name, caller.principal()).isPresent()) {
            throw new Refused(
                    Failure.client(
                            400,
                            "The model '" + name + "' embeds texts: send them to /v1/embeddings.",
                            Optional.of("model"),
                            "unsupported_model"));
        }
        var model =
                models.chat(name, caller.principal())
                        .orElseThrow(() -> new Refused(Failure.noSuchModel(name)));
        model.scope().ifPresent(caller::require);
        return model;
    }

    /// The error, which the log keeps, names neither passages nor the asker.
    private static void refuseForeignPassages(Answer answer, Question question) {
        long foreign =
                answer.passages().stream()
                        .filter(passage -> !passage.readers().admit(question.principal()))
                        .count();
        if (foreign > 0) {
            throw SartorException.defect(
                    foreign + " passages that the asker may not read were about to be sent");
        }
    }
}
