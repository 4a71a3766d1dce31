package dev.sartor.serve.openai.job;

import dev.sartor.core.Principal;
import dev.sartor.serve.Limits;
import dev.sartor.serve.ServedModels;
import dev.sartor.serve.http.Body;
import dev.sartor.serve.http.Caller;
import dev.sartor.serve.http.Failure;
import dev.sartor.serve.http.Refused;
import dev.sartor.serve.http.Reply;
import dev.sartor.serve.http.Trail;
import dev.sartor.serve.job.Checkpoint;
import dev.sartor.serve.job.Files;
import dev.sartor.serve.job.FineTuningJob;
import dev.sartor.serve.job.FineTunings;
import dev.sartor.serve.job.JobEvent;
import dev.sartor.serve.job.Owner;
import dev.sartor.serve.job.Purpose;
import io.javalin.http.Context;
import java.util.Optional;
import java.util.Set;

/// `/v1/fine_tuning/jobs`.
public final class FineTuningEndpoint {
    private static final int MOST = 100;
    private static final int USUAL = 20;

    private final FineTunings tunings;
    private final Files files;
    private final ServedModels models;
    private final Limits limits;

    public FineTuningEndpoint(
            FineTunings tunings, Files files, ServedModels models, Limits limits) {
        this.tunings = tunings;
        this.files = files;
        this.models = models;
        this.limits = limits;
    }

    public void create(Context context) {
        var principal = Caller.of(context).principal();
        var owner = Owner.of(principal);
        var request = FineTuningFields.read(Body.object(context, limits.bodyBytes()));
        refuseForeign(request.model(), principal);
        Trail.of(context).asked(request.model(), Optional.empty());
        refuseForeignFile(owner, "training_file", request.trainingFile());
        request.validationFile().ifPresent(id -> refuseForeignFile(owner, "validation_file", id));
        Reply.send(context, 200, FineTuningJson.job(tunings.create(owner, request), owner));
    }

    private void refuseForeign(String model, Principal principal) {
        if (models.chat(model, principal).isEmpty()) {
            throw new Refused(Failure.noSuchModel(model));
        }
        if (!tunings.tunes(model)) {
            throw new Refused(
                    Failure.client(
                            400,
                            "The model '"
                                    + model
                                    + "' cannot be tuned here: the model that the server was started with can.",
                            Optional.of("model"),
                            "model_not_available"));
        }
    }

    private void refuseForeignFile(Owner owner, String param, String id) {
        if (files.find(owner, id).filter(file -> file.purpose() == Purpose.FINE_TUNE).isEmpty()) {
            throw new Refused(
                    Failure.client(
                            400,
                            param + " must be the id of a file for fine-tune; there is none such.",
                            Optional.of(param),
                            "invalid_" + param));
        }
    }

    public void list(Context context) {
        var owner = owner(context);
        var part = tunings.list(owner, Asked.page(context, MOST, USUAL, Set.of()));
        Reply.send(
                context,
                200,
                Asked.list(part, job -> FineTuningJson.job(job, owner), FineTuningJob::id));
    }

    public void one(Context context) {
        var owner = owner(context);
        var job = tunings.find(owner, id(context)).orElseThrow(() -> missing(context));
        Reply.send(context, 200, FineTuningJson.job(job, owner));
    }

    public void events(Context context) {
        var page = Asked.page(context, MOST, USUAL, Set.of());
        var part =
                tunings.events(owner(context), id(context), page)
                        .orElseThrow(() -> missing(context));
        Reply.send(context, 200, Asked.list(part, FineTuningJson::event, JobEvent::id));
    }

    public void checkpoints(Context context) {
        var page = Asked.page(context, MOST, USUAL, Set.of());
        var part =
                tunings.checkpoints(owner(context), id(context), page)
                        .orElseThrow(() -> missing(context));
        Reply.send(
                context,
                200,
                Asked.list(
                        part,
                        each -> FineTuningJson.checkpoint(each, id(context)),
                        Checkpoint::id));
    }

    public void cancel(Context context) {
        ask(context, FineTunings.Wish.CANCEL);
    }

    public void pause(Context context) {
        ask(context, FineTunings.Wish.PAUSE);
    }

    public void resume(Context context) {
        ask(context, FineTunings.Wish.RESUME);
    }

    private void ask(Context context, FineTunings.Wish wish) {
        var owner = owner(context);
        var job = tunings.ask(owner, id(context), wish).orElseThrow(() -> missing(context));
        Reply.send(context, 200, FineTuningJson.job(job, owner));
    }

    private static Owner owner(Context context) {
        return Owner.of(Caller.of(context).principal());
    }

    private static String id(Context context) {
        return context.pathParam("id");
    }

    private static Refused missing(Context context) {
        return new Refused(Failure.noSuch("fine-tuning job", id(context)));
    }
}
