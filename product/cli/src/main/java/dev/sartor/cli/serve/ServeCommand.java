package dev.sartor.cli.serve;

import dev.sartor.cli.option.Composition;
import dev.sartor.cli.option.IndexOptions;
import dev.sartor.cli.option.OpenProject;
import dev.sartor.cli.option.ProjectOption;
import dev.sartor.cli.option.WeightsOption;
import dev.sartor.core.Principal;
import dev.sartor.core.SartorException;
import dev.sartor.core.work.Cancellation;
import dev.sartor.model.Precision;
import dev.sartor.retrieve.index.HubEmbedders;
import dev.sartor.serve.ApiKey;
import dev.sartor.serve.Keys;
import dev.sartor.serve.Limits;
import dev.sartor.serve.Scope;
import dev.sartor.serve.ServerPorts;
import dev.sartor.serve.ServerSettings;
import dev.sartor.serve.quota.Quotas;
import dev.sartor.serve.server.Server;
import dev.sartor.state.State;
import dev.sartor.training.LocalEngines;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "serve",
        description = {
            "Serve candidates and the embedder behind the OpenAI HTTP API until Ctrl-C.",
            "With --model: a model as it is and with adapters, all in the same batches; with --index,"
                    + " clients ask for MODEL/INDEX to get answers from what they may read in an index.",
            "The key of callers, if any, is read from the environment variable SARTOR_API_KEY; a file of keys"
                    + " (--keys), or `sartor keys` (--state), says who holds which."
        },
        footer = {
            "",
            "Example: sartor serve --project helpdesk --port 8080",
            "         sartor serve --model smollm2-135m-instruct --adapters adapters",
            "         sartor serve --model smollm2-135m-instruct --index shelf --keys keys.yaml",
            "         sartor serve --model smollm2-135m-instruct --state state.db --host 0.0.0.0 --tls-cert c.pem --tls-key k.pem",
            "         sartor serve --model smollm2-135m-instruct --state state.db --files files",
            "         sartor serve --model smollm2-135m-instruct --otlp http://127.0.0.1:4318",
            "         curl -s http://127.0.0.1:8080/v1/models"
        })
public final class ServeCommand implements Callable<Integer> {
    private static final long POLL_MILLIS = 100;

    private final Composition composition;

    @Parameters(
            arity = "0..*",
            paramLabel = "CANDIDATE",
            description =
                    "Runs, or tasks for what their comparison chose (default: every task that has one).")
    List<String> candidates = List.of();

    @Mixin ProjectOption project = new ProjectOption();

    @Mixin WeightsOption weights = new WeightsOption();

    @Mixin BaseModelOptions base = new BaseModelOptions();

    @Mixin IndexOptions from = new IndexOptions();

    @Mixin ListeningOptions listening = new ListeningOptions();

    @Mixin OidcOptions oidc = new OidcOptions();

    @Mixin AuditOptions audit = new AuditOptions();

    @Mixin TelemetryOptions telemetry = new TelemetryOptions();

    @Mixin JobOptions jobs = new JobOptions();

    @Option(
            names = "--keys",
            paramLabel = "FILE",
            description =
                    "A YAML file of callers' keys: keys, a list of sha256 (of a key), user, groups and tenant."
                            + " It is followed: what changes in it holds from the next request on.")
    Optional<Path> keys = Optional.empty();

    @Option(
            names = "--state",
            paramLabel = "FILE|ADDRESS",
            description =
                    "Where `sartor keys` and `sartor limits` keep what callers may, and `sartor prompts promote` what is"
                            + " promoted: a file of SQLite, or postgresql://[USER@]HOST/DATABASE, which several"
                            + " servers can share.")
    Optional<String> state = Optional.empty();

    public ServeCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() throws InterruptedException {
        base.check();
        jobs.check(state, base);
        base.takesJobs = jobs.folder.isPresent();
        var opened = state.map(State::open);
        var asked = keys(opened);
        try (var kept = audit.open();
                var told = telemetry.open();
                var quotas = opened.map(State::quotas).orElseGet(Quotas::none)) {
            var ports = ServerPorts.none().withAudit(kept).withTelemetry(told).withQuotas(quotas);
            return serve(settings(asked, ports));
        } finally {
            asked.ifPresent(Keys::close);
        }
    }

    private ServerSettings settings(Optional<Keys> asked, ServerPorts ports) {
        return new ServerSettings(
                listening.host,
                listening.port,
                asked,
                Limits.usual(),
                listening.transport(),
                ports);
    }

    private Integer serve(ServerSettings settings) throws InterruptedException {
        try (var interrupts = composition.interrupts();
                var served = servable(interrupts.cancellation());
                var kept = new ServedJobs(jobs.open(state, base, served.adapted()));
                var server =
                        Server.start(kept.in(with(served, settings)), kept.in(served.models()))) {
            var names = served.shown();
            var console = composition.console();
            served.notes().forEach(console::say);
            console.say(
                    "Listening on "
                            + server.url()
                            + " with "
                            + String.join(", ", names)
                            + ". Ctrl-C stops it.");
            var heap = HeapKeeper.begin();
            try {
                while (!interrupts.cancellation().isAsked()) {
                    Thread.sleep(POLL_MILLIS);
                }
            } finally {
                heap.ifPresent(HeapKeeper::close);
            }
        }
        return 0;
    }

    private static ServerSettings with(Servable served, ServerSettings settings) {
        return served.adapters()
                .map(store -> settings.withPorts(settings.ports().withAdapters(store)))
                .orElse(settings);
    }

    /// The key of the server itself, for all uses.
    private static Optional<ApiKey> own() {
        return Optional.ofNullable(System.getenv("SARTOR_API_KEY"))
                .filter(text -> !text.isEmpty())
                .map(text ->
                        ApiKey.of(text, Principal.local())
                                .withScopes(Scope.all())
                                .withId("SARTOR_API_KEY"));
    }

    private Optional<Keys> keys(Optional<State> opened) {
        if (keys.isPresent() && state.isPresent()) {
            throw SartorException.user(
                    "--keys and --state both say whose keys hold: leave one of them out.");
        }
        var own = own().stream().toList();
        return oidc.with(
                opened.map(each -> each.follow(own))
                        .or(() -> keys.map(file -> FollowedKeys.open(file, own)))
                        .or(() -> own.isEmpty() ? Optional.empty() : Optional.of(Keys.of(own))));
    }

    private Servable servable(Cancellation cancellation) {
        if (base.model.isEmpty()) {
            from.check(false);
            return ServedCandidates.of(
                    OpenProject.open(project, weights, composition),
                    state.map(State::open).map(State::followPromotions),
                    candidates,
                    cancellation);
        }
        if (!candidates.isEmpty() || !project.folder.toString().isEmpty()) {
            throw SartorException.user(
                    "--model serves a model without a project: leave out the candidates and --project,"
                            + " or leave out --model.");
        }
        var hub = composition.hub(base.use.use);
        var console = composition.console();
        var answers = IndexedAnswers.open(from, new HubEmbedders(hub, console)).withoutEmptyOnes();
        try {
            var engines =
                    new LocalEngines(
                            hub, console, weights.or(Precision.BF16), composition.weights());
            return new IndexedModels(ModelWithAdapters.of(engines, base, console), answers);
        } catch (RuntimeException e) {
            answers.close();
            throw e;
        }
    }
}
