package dev.sartor.project.setting;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/// What the approaches need, for tests of the project file: the approaches stand in a room that this one cannot see. A test over
/// there holds that they need the same.
public final class StandInApproaches {
    private StandInApproaches() {}

    public static List<ApproachName> all() {
        return List.of(
                new Tfidf(),
                new Nearest(),
                new Linear(),
                new TfidfLinear(),
                new Setfit(),
                new Encoder(),
                new Extractive(),
                new ZeroShot(),
                new FewShot(),
                new Retrieval(),
                new FewShotRetrieval(),
                new Tune(),
                new TuneRetrieval(),
                new LongContext(),
                new Cascade());
    }

    enum Need {
        LABELS,
        FREE_TEXT,
        NO_MODEL,
        EMBEDDER_TO_TUNE,
        DOCUMENTS,
        WHOLE_DOCUMENTS,
        TRAINING,
        TUNING
    }

    abstract static class StandIn implements ApproachName {
        private final String name;
        private final Predicate<TaskSettings> chooses;
        private final Set<Need> needs = EnumSet.noneOf(Need.class);

        StandIn(String name, Predicate<TaskSettings> chooses, Need... needs) {
            this.name = name;
            this.chooses = chooses;
            this.needs.addAll(List.of(needs));
        }

        @Override
        public String wireName() {
            return name;
        }

        @Override
        public boolean suits(TaskSettings task) {
            return !needs.contains(task.isClassification() ? Need.FREE_TEXT : Need.LABELS);
        }

        @Override
        public boolean usesModel() {
            return !needs.contains(Need.NO_MODEL);
        }

        @Override
        public boolean tunesEmbedder() {
            return needs.contains(Need.EMBEDDER_TO_TUNE);
        }

        @Override
        public boolean usesDocuments() {
            return needs.contains(Need.DOCUMENTS);
        }

        @Override
        public boolean readsDocumentsWhole() {
            return needs.contains(Need.WHOLE_DOCUMENTS);
        }

        @Override
        public boolean usesTraining() {
            return needs.contains(Need.TRAINING);
        }

        @Override
        public boolean isTuned() {
            return needs.contains(Need.TUNING);
        }

        @Override
        public boolean chooses(TaskSettings task) {
            return chooses.test(task);
        }
    }

    private static boolean choosesPassages(TaskSettings task) {
        return task.retrieval().passages().size() > 1;
    }

    public static final class Tfidf extends StandIn {
        public Tfidf() {
            super("tfidf", _ -> false, Need.LABELS, Need.NO_MODEL, Need.TRAINING);
        }
    }

    public static final class Nearest extends StandIn {
        public Nearest() {
            super("nearest", TaskSettings::isClassification, Need.NO_MODEL, Need.TRAINING);
        }
    }

    public static final class Linear extends StandIn {
        public Linear() {
            super("linear", _ -> false, Need.LABELS, Need.NO_MODEL, Need.TRAINING);
        }
    }

    public static final class TfidfLinear extends StandIn {
        public TfidfLinear() {
            super("tfidf+linear", _ -> true, Need.LABELS, Need.NO_MODEL, Need.TRAINING);
        }
    }

    public static final class Setfit extends StandIn {
        public Setfit() {
            super(
                    "setfit",
                    _ -> false,
                    Need.LABELS,
                    Need.NO_MODEL,
                    Need.EMBEDDER_TO_TUNE,
                    Need.TRAINING,
                    Need.TUNING);
        }
    }

    public static final class Encoder extends StandIn {
        public Encoder() {
            super(
                    "encoder",
                    _ -> true,
                    Need.LABELS,
                    Need.EMBEDDER_TO_TUNE,
                    Need.TRAINING,
                    Need.TUNING);
        }
    }

    public static final class Extractive extends StandIn {
        public Extractive() {
            super(
                    "extractive",
                    StandInApproaches::choosesPassages,
                    Need.FREE_TEXT,
                    Need.NO_MODEL,
                    Need.DOCUMENTS);
        }
    }

    public static final class ZeroShot extends StandIn {
        public ZeroShot() {
            super("zero-shot", _ -> false);
        }
    }

    public static final class FewShot extends StandIn {
        public FewShot() {
            super("few-shot", task -> task.fewShot().counts().size() > 1, Need.TRAINING);
        }
    }

    public static final class Retrieval extends StandIn {
        public Retrieval() {
            super("retrieval", StandInApproaches::choosesPassages, Need.DOCUMENTS);
        }
    }

    public static final class FewShotRetrieval extends StandIn {
        public FewShotRetrieval() {
            super(
                    "few-shot+retrieval",
                    task -> choosesPassages(task) || task.fewShot().counts().size() > 1,
                    Need.DOCUMENTS,
                    Need.TRAINING);
        }
    }

    public static final class Tune extends StandIn {
        public Tune() {
            super("tune", _ -> true, Need.TRAINING, Need.TUNING);
        }
    }

    public static final class TuneRetrieval extends StandIn {
        public TuneRetrieval() {
            super("tune+retrieval", _ -> true, Need.DOCUMENTS, Need.TRAINING, Need.TUNING);
        }
    }

    public static final class LongContext extends StandIn {
        public LongContext() {
            super("long-context", _ -> false, Need.DOCUMENTS, Need.WHOLE_DOCUMENTS);
        }
    }

    public static final class Cascade extends StandIn {
        public Cascade() {
            super("cascade", _ -> false, Need.LABELS, Need.NO_MODEL);
        }
    }
}
