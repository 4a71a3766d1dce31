package dev.sartor.serve;

import dev.sartor.core.Answer;
import dev.sartor.core.AnswerForm;
import dev.sartor.core.Question;
import dev.sartor.core.Sampling;
import dev.sartor.core.SartorException;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `POST /v1/chat/completions`. Without a temperature, answers are the likeliest text, as they were measured.
final class ChatEndpoint {
    private static final Logger LOG = LoggerFactory.getLogger(ChatEndpoint.class);

    private final ServedModels models;
    private final Limits limits;
    private final Admission admission;
    private final Meters meters;
    private final Clock clock;
    private final RandomGenerator random;

    ChatEndpoint(
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

    void answer(Context context) {
        var caller = Caller.of(context);
        var request = ChatRequest.of(Body.object(context, limits.bodyBytes()));
        var model = model(request.model(), caller);
        meters.name(context, request.model());
        var question =
                new Question(
                        caller.requestId(),
                        request.messages(),
                        form(model.form(), request),
                        sampling(request),
                        caller.principal());
        var completion =
                new Completion(
                        "chatcmpl-" + caller.requestId(),
                        clock.instant().getEpochSecond(),
                        request.model(),
                        request.includeUsage());
        if (request.stream()) {
            stream(context, request, model, question, completion);
        } else {
            try (var _ = admission.enter(() -> {})) {
                var answer = ask(request.model(), model, question, piece -> {});
                Reply.send(context, 200, completion.whole(answer));
            }
        }
    }

    private void stream(
            Context context,
            ChatRequest request,
            ServedModel model,
            Question question,
            Completion completion) {
        try (var events = EventStream.open(context.res(), limits.heartbeat())) {
            try (var _ = admission.enter(events::refuseIfGone)) {
                var text = new TextEvents(events, completion);
                var answer = ask(request.model(), model, question, text);
                text.end(answer);
            } catch (RuntimeException | Error e) {
                if (events.isClientGone()) {
                    LOG.debug("{}: the client hung up", question.id());
                    meters.status(context, Meters.HUNG_UP);
                } else if (!endsInStream(context, events, e)) {
                    throw e;
                }
            }
        }
    }

    /// @return false where nothing was sent yet: the failure can still become the response's status
    private boolean endsInStream(Context context, EventStream events, Throwable thrown) {
        var told = events.endWith(() -> Failure.of(thrown, Caller.of(context).requestId()));
        told.ifPresent(failure -> {
            meters.failed(failure);
            meters.status(context, failure.status());
        });
        return told.isPresent();
    }

    private Answer ask(String name, ServedModel model, Question question, Consumer<String> onText) {
        var start = System.nanoTime();
        var isFirst = new AtomicBoolean(true);
        var answer =
                model.responder().stream(
                        question,
                        piece -> {
                            admission.refuseIfCut();
                            if (isFirst.getAndSet(false)) {
                                meters.firstText(name, System.nanoTime() - start);
                            }
                            onText.accept(piece);
                        });
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
        return models.chat(name, caller.principal())
                .orElseThrow(() -> new Refused(Failure.noSuchModel(name)));
    }

    private static AnswerForm form(AnswerForm usual, ChatRequest request) {
        return switch (usual) {
            case AnswerForm.FreeText text ->
                    new AnswerForm.FreeText(request.maxTokens().orElse(text.maxTokens()));
            case AnswerForm.Matching text ->
                    new AnswerForm.Matching(
                            text.regex(), request.maxTokens().orElse(text.maxTokens()));
            case AnswerForm.JsonText text ->
                    new AnswerForm.JsonText(
                            text.schema(), request.maxTokens().orElse(text.maxTokens()));
            case AnswerForm.OneOf labels -> {
                refuseWhatWouldBeIgnored(labels, request);
                yield labels;
            }
        };
    }

    /// A label is chosen by likelihood and comes whole. No tokenizer here makes more tokens of a text than it has bytes.
    private static void refuseWhatWouldBeIgnored(AnswerForm.OneOf form, ChatRequest request) {
        var complaints = new Complaints();
        var why = "this model answers with the likeliest of its labels";
        if (request.temperature().orElse(0.0) > 0) {
            complaints.unsupported("temperature", why + "; leave it out or send 0");
        }
        if (!request.stop().isEmpty()) {
            complaints.unsupported("stop", why + "; leave it out");
        }
        var longest =
                form.labels().stream()
                        .mapToInt(label -> label.getBytes(StandardCharsets.UTF_8).length)
                        .max()
                        .orElse(0);
        if (request.maxTokens().orElse(longest) < longest) {
            complaints.unsupported(
                    "max_tokens", why + ", whole; leave it out or send " + longest + " or more");
        }
        complaints.throwIfAny();
    }

    private Sampling sampling(ChatRequest request) {
        return Sampling.greedy()
                .withTemperature(request.temperature().orElse(0.0))
                .withTopP(request.topP().orElse(1.0))
                .withSeed(request.seed().orElseGet(random::nextLong))
                .withStop(request.stop());
    }

    private static void refuseForeignPassages(Answer answer, Question question) {
        var foreign =
                answer.passages().stream()
                        .filter(passage -> !passage.readers().admit(question.principal()))
                        .map(passage -> passage.id())
                        .toList();
        if (!foreign.isEmpty()) {
            throw SartorException.defect(
                    "retrieval found passages that "
                            + question.principal()
                            + " may not read: "
                            + foreign);
        }
    }

    /// Sends each piece of text as a chunk.
    private static final class TextEvents implements Consumer<String> {
        private final EventStream events;
        private final Completion completion;
        private boolean begun;

        TextEvents(EventStream events, Completion completion) {
            this.events = events;
            this.completion = completion;
        }

        @Override
        public void accept(String piece) {
            events.refuseIfGone();
            if (!piece.isEmpty()) {
                begin();
                events.send(completion.chunk(piece));
            }
        }

        void end(Answer answer) {
            var last = completion.lastChunk(answer);
            begin();
            events.send(last);
            if (completion.withUsage()) {
                events.send(completion.usageChunk(answer));
            }
            events.sendDone();
        }

        private void begin() {
            if (!begun) {
                begun = true;
                events.send(completion.firstChunk());
            }
        }
    }
}
