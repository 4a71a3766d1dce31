package dev.sartor.cli.privacy;

import dev.sartor.cli.option.AskerOptions;
import dev.sartor.cli.option.Composition;
import dev.sartor.cli.option.OpenProject;
import dev.sartor.cli.option.ProjectOption;
import dev.sartor.cli.option.UseOption;
import dev.sartor.compare.LearnedRows;
import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.core.file.Sha256;
import dev.sartor.core.work.Cancellation;
import dev.sartor.generate.LanguageModel;
import dev.sartor.model.Precision;
import dev.sartor.model.adapter.PeftFolder;
import dev.sartor.privacy.AdapterAudit;
import dev.sartor.privacy.AuditParts;
import dev.sartor.privacy.AuditReport;
import dev.sartor.privacy.AuditSettings;
import dev.sartor.privacy.AuditedModel;
import dev.sartor.privacy.LocalAuditedModel;
import dev.sartor.training.LocalEngines;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "audit-adapter",
        description = {
            "Attack a tuned adapter, and say what it gives away of the rows that it learned from.",
            "Exposure and extraction of canaries (`sartor tune TASK --canaries 8` trains a twin with some), membership inference, rows"
                    + " verbatim, secrets and personal data. Exit code 1 where an attack found something. Stopped, the same command"
                    + " goes on. The report is kept beside the adapter, as audit.json."
        },
        footer = {
            "",
            "Examples: sartor audit-adapter route/tuned --project helpdesk",
            "          sartor audit-adapter route --project helpdesk --minutes 10 --json",
            "          sartor audit-adapter lora --model smollm2-135m-instruct --data train.jsonl --held-out test.jsonl"
        })
public final class AuditAdapterCommand implements Callable<Integer> {
    private final Composition composition;

    @Parameters(
            paramLabel = "RUN",
            description =
                    "A run's name, a task for its training, or the folder of an adapter with --model and --data.")
    String name = "";

    @Mixin ProjectOption project = new ProjectOption();

    @Mixin ForeignOptions foreign = new ForeignOptions();

    @Option(
            names = "--reference",
            paramLabel = "FOLDER",
            description =
                    "An adapter on the same model that learned none of these rows; with two or more, likelihoods are held against theirs (LiRA). May be repeated.")
    List<Path> references = List.of();

    @Mixin AuditOptions options = new AuditOptions();

    @Mixin AskerOptions asker = new AskerOptions();

    @Mixin UseOption use = new UseOption();

    @Option(names = "--json", description = "Print the report as JSON.")
    boolean json;

    @Option(
            names = "--dump",
            paramLabel = "FILE",
            description =
                    "Write each row's likelihoods there, as JSONL, to be computed with elsewhere.")
    Optional<Path> dump = Optional.empty();

    public AuditAdapterCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() {
        var settings = options.settings();
        refuseOneReference();
        if (foreign.areGiven()) {
            var engines =
                    new LocalEngines(
                            composition.hub(use.use),
                            composition.console(),
                            Precision.BF16,
                            composition.weights());
            try (engines;
                    var interrupts = composition.interrupts()) {
                var folder = Path.of(name).toAbsolutePath().normalize();
                return audited(
                        Audited.of(folder, foreign), engines, settings, interrupts.cancellation());
            }
        }
        try (var open = OpenProject.open(project, composition);
                var interrupts = composition.interrupts();
                var _ = open.lock("audit-adapter")) {
            return audited(
                    ofProject(open, interrupts.cancellation()),
                    open.engines(),
                    settings,
                    interrupts.cancellation());
        }
    }

    private void refuseOneReference() {
        if (references.size() == 1) {
            throw SartorException.user(
                    "--reference must be given twice or more, got it once: a deviation takes two adapters.");
        }
    }

    private Audited ofProject(OpenProject open, Cancellation cancellation) {
        var around = open.around(cancellation);
        if (open.project().task(name).isPresent()) {
            return Audited.of(name, LearnedRows.of(open.project(), open.folder(), name, around));
        }
        var run = project.runs().find(name);
        asker.require(run.mayCall(), run.id());
        return Audited.of(run.id(), LearnedRows.of(open.project(), open.folder(), run, around));
    }

    private int audited(
            Audited audited,
            LocalEngines engines,
            AuditSettings settings,
            Cancellation cancellation) {
        asker.require(audited.readers(), audited.name());
        var base = engines.languageModel(audited.model());
        var notes = new ArrayList<String>();
        var rows = audited.rows(base, notes);
        if (rows.canaries().isEmpty()) {
            notes.add(
                    "Exposure was not measured: nothing was trained with canaries. `sartor tune TASK --canaries 8` does that.");
        }
        var digests = digests(audited);
        var parts = AuditParts.of(audited.adapter(), key(audited, digests, settings));
        try (var models = Opened.of(audited, references, base, engines)) {
            var audit =
                    new AdapterAudit(
                            models.models(), rows, settings, Clock.systemUTC(), cancellation);
            dump.ifPresent(file -> LikelihoodFile.write(file, models.models(), rows, settings));
            var report =
                    audit.run(
                            subject(audited, digests, settings),
                            parts,
                            composition.console(),
                            notes);
            parts.finish(report);
            composition.console().print(json ? AuditParts.json(report) : AuditText.of(report));
            return report.accuses() ? 1 : 0;
        }
    }

    private static AuditReport.Subject subject(
            Audited audited, Map<String, String> digests, AuditSettings settings) {
        var looked = new LinkedHashMap<String, Long>();
        looked.put("rows", (long) settings.rows());
        looked.put("alternatives", (long) settings.alternatives());
        looked.put("prompts", (long) settings.prompts());
        looked.put("verbatim", (long) settings.verbatim());
        looked.put("seed", settings.seed());
        return new AuditReport.Subject(
                audited.name(),
                audited.model(),
                digests,
                Clock.systemUTC().instant().toString(),
                looked);
    }

    /// Of the weights that are attacked.
    private static Map<String, String> digests(Audited audited) {
        var digests = new LinkedHashMap<String, String>();
        digests.put("adapter", PrivacyGate.digest(audited.adapter()));
        audited.canaried().ifPresent(each -> digests.put("canaried", PrivacyGate.digest(each)));
        return digests;
    }

    private String key(Audited audited, Map<String, String> digests, AuditSettings settings) {
        var rows = new StringBuilder();
        audited.train().forEach(row -> rows.append(row.text()).append('\0'));
        audited.heldOut().forEach(row -> rows.append(row.text()).append('\0'));
        return Sha256.of(
                Json.line(
                        List.of(
                                audited.model(),
                                digests.toString(),
                                settings.toString(),
                                references.toString(),
                                Sha256.of(rows.toString()))));
    }

    /// The models under attack, open.
    private record Opened(AdapterAudit.Models models, List<AuditedModel> all)
            implements AutoCloseable {
        static Opened of(
                Audited audited, List<Path> references, LanguageModel base, LocalEngines engines) {
            var all = new ArrayList<AuditedModel>();
            try {
                var adapter = kept(all, tuned(audited.adapter(), base, engines));
                var canaried =
                        audited.canaried()
                                .filter(each -> !each.equals(audited.adapter()))
                                .map(each -> kept(all, tuned(each, base, engines)))
                                .orElse(adapter);
                var plain = kept(all, LocalAuditedModel.base(base));
                var others =
                        references.stream()
                                .map(each -> kept(all, tuned(each, base, engines)))
                                .toList();
                return new Opened(new AdapterAudit.Models(adapter, canaried, plain, others), all);
            } catch (RuntimeException e) {
                all.forEach(AuditedModel::close);
                throw e;
            }
        }

        private static AuditedModel kept(List<AuditedModel> all, AuditedModel model) {
            all.add(model);
            return model;
        }

        /// An adapter on the base, or a model that was trained whole.
        private static AuditedModel tuned(Path folder, LanguageModel base, LocalEngines engines) {
            if (!Files.isDirectory(folder)) {
                throw SartorException.user(
                        folder + " is no folder: name that of an adapter in PEFT's format.");
            }
            return PeftFolder.isOne(folder)
                    ? LocalAuditedModel.tuned(base, folder)
                    : LocalAuditedModel.base(engines.languageModel(folder.toString()));
        }

        @Override
        public void close() {
            all.forEach(AuditedModel::close);
        }
    }
}
