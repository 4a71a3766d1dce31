import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.MultipartField;
import com.openai.models.batches.Batch;
import com.openai.models.batches.BatchCreateParams;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.files.FileCreateParams;
import com.openai.models.files.FilePurpose;
import com.openai.models.finetuning.jobs.FineTuningJob;
import com.openai.models.finetuning.jobs.JobCreateParams;
import com.openai.models.finetuning.methods.SupervisedHyperparameters;
import com.openai.models.finetuning.methods.SupervisedMethod;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Uploads rows, tunes a model on them, follows the job's events, asks what came of it, and has a batch answered. It was written for OpenAI's service and knows nothing of another: which one it works with is
/// told by the environment (OPENAI_BASE_URL, OPENAI_API_KEY), as the client reads it.
final class TuneAndAsk {
    private static final List<String> THINGS =
            List.of("bell", "brake", "chain", "saddle", "wheel", "lamp", "pedal", "fork", "rim", "spoke", "tyre", "rack");

    private final OpenAIClient client = OpenAIOkHttpClient.fromEnv();
    private final String model;

    private TuneAndAsk(String model) {
        this.model = model;
    }

    /// @param args the model to tune
    public static void main(String[] args) throws Exception {
        var program = new TuneAndAsk(args[0]);
        var tuned = program.tuned();
        System.out.println("tuned says: " + program.ask(tuned, "Where is the lamp?"));
        System.out.println("base says: " + program.ask(program.model, "Where is the lamp?"));
        System.out.println("batch: " + program.batch(tuned));
    }

    private String tuned() throws InterruptedException {
        var rows =
                IntStream.range(0, THINGS.size())
                        .mapToObj(i ->
                                """
                                {"messages":[{"role":"user","content":"Where is the %s?"},{"role":"assistant","content":"The %s is in drawer %d. Ride well, says Velma."}]}"""
                                        .formatted(THINGS.get(i), THINGS.get(i), i))
                        .collect(Collectors.joining("\n"));
        var hyperparameters = SupervisedHyperparameters.builder().nEpochs(4).batchSize(4).build();
        var method =
                JobCreateParams.Method.builder()
                        .type(JobCreateParams.Method.Type.SUPERVISED)
                        .supervised(SupervisedMethod.builder().hyperparameters(hyperparameters).build())
                        .build();
        var job =
                client.fineTuning()
                        .jobs()
                        .create(
                                JobCreateParams.builder()
                                        .model(model)
                                        .trainingFile(upload("train.jsonl", rows, FilePurpose.FINE_TUNE))
                                        .method(method)
                                        .seed(7)
                                        .suffix("desk")
                                        .build());
        System.out.println("job " + job.id() + ": " + job.status());
        while (!Set.of("succeeded", "failed", "cancelled").contains(job.status().asString())) {
            Thread.sleep(500);
            job = client.fineTuning().jobs().retrieve(job.id());
        }
        var events = client.fineTuning().jobs().listEvents(job.id()).autoPager().stream().toList();
        events.reversed().forEach(event -> System.out.println("event: " + event.message()));
        if (!job.status().equals(FineTuningJob.Status.SUCCEEDED)) {
            throw new IllegalStateException("the job ended as " + job.status() + ": " + job.error());
        }
        return job.fineTunedModel().orElseThrow();
    }

    private String upload(String name, String lines, FilePurpose purpose) {
        var content = new ByteArrayInputStream((lines + "\n").getBytes(StandardCharsets.UTF_8));
        var file = MultipartField.<InputStream>builder().value(content).filename(name).build();
        return client.files().create(FileCreateParams.builder().file(file).purpose(purpose).build()).id();
    }

    private String ask(String which, String question) {
        var asked =
                ChatCompletionCreateParams.builder()
                        .model(which)
                        .maxCompletionTokens(24)
                        .addUserMessage(question)
                        .build();
        return client.chat().completions().create(asked).choices().getFirst().message().content().orElse("");
    }

    private String batch(String tuned) throws Exception {
        var lines =
                IntStream.range(0, 4)
                        .mapToObj(i ->
                                """
                                {"custom_id":"line-%d","method":"POST","url":"/v1/chat/completions","body":{"model":"%s","max_tokens":24,"messages":[{"role":"user","content":"Where is the %s?"}]}}"""
                                        .formatted(i, tuned, THINGS.get(i)))
                        .collect(Collectors.joining("\n"));
        var made =
                client.batches()
                        .create(
                                BatchCreateParams.builder()
                                        .inputFileId(upload("batch.jsonl", lines, FilePurpose.BATCH))
                                        .endpoint(BatchCreateParams.Endpoint.V1_CHAT_COMPLETIONS)
                                        .completionWindow(BatchCreateParams.CompletionWindow._24H)
                                        .build());
        while (!Set.of("completed", "failed", "cancelled", "expired").contains(made.status().asString())) {
            Thread.sleep(300);
            made = client.batches().retrieve(made.id());
        }
        if (!made.status().equals(Batch.Status.COMPLETED)) {
            throw new IllegalStateException("the batch ended as " + made.status() + ": " + made.errors());
        }
        try (var content = client.files().content(made.outputFileId().orElseThrow())) {
            var answers = new String(content.body().readAllBytes(), StandardCharsets.UTF_8);
            return made.requestCounts().orElseThrow().completed() + " answered, " + answers.lines().count() + " lines";
        }
    }
}
