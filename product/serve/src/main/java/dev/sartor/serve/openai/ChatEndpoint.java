package dev.sartor.serve.openai;

import dev.sartor.core.Answer;
import dev.sartor.core.Question;
import dev.sartor.core.SartorException;
import dev.sartor.serve.Limits;
import dev.sartor.serve.ServedModel;
import dev.sartor.serve.ServedModels;
import dev.sartor.serve.http.Admission;
import dev.sartor.serve.http.Attended;
import dev.sartor.serve.http.Body;
import dev.sartor.serve.http.Caller;
import dev.sartor.serve.http.Complaints;
import dev.sartor.serve.http.EventStream;
import dev.sartor.serve.http.Failure;
import dev.sartor.serve.http.Meters;
import dev.sartor.serve.http.Refused;
import dev.sartor.serve.http.Reply;
import dev.sartor.serve.http.Trail;
import dev.sartor.serve.http.WatchedEndPoint;
import io.javalin.http.Context;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/// `POST /v1/chat/completions`. Without a temperature, answers are the likeliest text, as they were measured.
public final class ChatEndpoint {
    /// Names the version of the prompt that answers.
    private static final String PROMPT_VERSION = "x-prompt-version";

    private static final Logger LOG = LoggerFactory.getLogger(ChatEndpoint.class);

    private final ServedModels models;
    private final Limits limits;
    private final Admission admission;
    private final Meters meters;
    private final Clock clock;
    private final RandomGenerator random;

    public ChatEndpoint(
            ServedModels models,
            Limits limits,
            Admission admission,
            Meters meters,
            Clock clock,
            RandomGenerator random) {
        this.models = models;
        this.limits = limits;
        this.admission = admission;
        this.meters = meters;
        this.clock = clock;
        this.random = random;
    }

    public void answer(Context context) {
        var caller = Caller.of(context);
        var request = ChatRequest.of(Body.object(context, limits.bodyBytes()));
        var model = model(request.model(), caller);
        meters.name(context, request.model());
        Trail.of(context).asked(request.model(), model.prompt());
        var asked = new Asked(request, model, question(request, model, caller));
        model.prompt().ifPresent(id -> context.header(PROMPT_VERSION, id));
        var completion = completion(request, model, caller);
        if (request.stream()) {
            stream(context, caller, asked, completion);
        } else {
            var connection = WatchedEndPoint.of(context.req());
            var answers =
                    new Attended(admission, caller, request.answers(), connection::isClosedByClient)
                            .run(() -> answers(asked, _ -> _ -> {}));
            Trail.of(context).answered(answers);
            Reply.send(context, 200, completion.whole(answers));
        }
    }

    /// Answers a request that nobody waits for, where there is a place and nobody waits for one.
    ///
    /// @return the completion; empty where it was not begun
    public Optional<JsonNode> answerLater(JsonNode body, Caller caller, Trail trail) {
        var request = ChatRequest.of(body);
        if (request.stream()) {
            var complaints = new Complaints();
            complaints.unsupported("stream", "a batch is answered in a file");
            complaints.throwIfAny();
        }
        var model = model(request.model(), caller);
        trail.asked(request.model(), model.prompt());
        var asked = new Asked(request, model, question(request, model, caller));
        return new Attended(admission, caller, request.answers(), () -> false)
                .runIfNobodyWaits(() -> answers(asked, _ -> _ -> {}))
                .map(answers -> {
                    trail.answered(answers);
                    return completion(request, model, caller).whole(answers);
                });
    }

    private Question question(ChatRequest request, ServedModel model, Caller caller) {
        return new Question(
                caller.requestId(),
                request.messages(),
                RequestedForm.of(model.form(), request),
                request.sampling().withSeed(request.seed().orElseGet(random::nextLong)),
                caller.principal());
    }

    private Completion completion(ChatRequest request, ServedModel model, Caller caller) {
        return new Completion(
                "chatcmpl-" + caller.requestId(),
                clock.instant().getEpochSecond(),
                request.model(),
                model.prompt(),
                request.includeUsage());
    }

    /// What one request asks of whom.
    private record Asked(ChatRequest request, ServedModel model, Question question) {}

    private void stream(Context context, Caller caller, Asked asked, Completion completion) {
        Trail.of(context).begin();
        try (var events = EventStream.open(context, limits.heartbeat())) {
            try {
                var texts =
                        IntStream.range(0, asked.request().answers())
                                .mapToObj(i -> new TextEvents(events, completion, i))
                                .toList();
                var answers =
                        new Attended(
                                        admission,
                                        caller,
                                        asked.request().answers(),
                                        events::isClientGone)
                                .run(() -> answers(asked, texts::get));
                events.waitForClient();
                Trail.of(context).answered(answers);
                Trail.of(context).keep(context.statusCode());
                TextEvents.end(texts, answers);
            } catch (RuntimeException | Error e) {
                if (events.isClientGone()) {
                    LOG.debug("{}: the client hung up", asked.question().id());
                    meters.status(context, Meters.HUNG_UP);
                } else if (!endsInStream(context, events, e)) {
                    throw e;
                }
            }
        }
    }

    /// Each answer is drawn with a seed of its own.
    ///
    /// @param onText what gets the text of which answer
    private List<Answer> answers(Asked asked, IntFunction<Consumer<String>> onText) {
        var sampling = asked.question().sampling();
        return SideBySide.all(
                asked.request().answers(),
                (i, stopIfOver) ->
                        ask(
                                asked,
                                asked.question().withSampling(sampling.forAnswer(i)),
                                piece -> {
                                    stopIfOver.run();
                                    onText.apply(i).accept(piece);
                                }));
    }

    /// @return false where nothing was sent yet: the failure can still become the response's status
    private boolean endsInStream(Context context, EventStream events, Throwable thrown) {
        var told = events.endWith(() -> Failure.of(thrown, Caller.of(context).requestId()));
        told.ifPresent(failure -> {
            meters.failed(failure);
            Trail.of(context).failed(failure);
            meters.status(context, failure.status());
        });
        return told.isPresent();
    }

    private Answer ask(Asked asked, Question question, Consumer<String> onText) {
        var name = asked.request().model();
        var start = System.nanoTime();
        var isFirst = new AtomicBoolean(true);
        Consumer<String> taken =
                piece -> {
                    admission.refuseIfCut();
                    // An empty piece only asks whether anyone still reads.
                    if (!piece.isEmpty() && isFirst.getAndSet(false)) {
                        meters.firstText(name, System.nanoTime() - start);
                    }
                    onText.accept(piece);
                };
        var answer =
                WantedForm.naming(
                        asked.request().form(),
                        () -> asked.model().responder().stream(question, taken));
        refuseForeignPassages(answer, question);
        meters.tokens(name, answer.usage());
        return answer;
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
