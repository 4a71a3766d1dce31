package dev.sartor.project.setting;

import java.util.List;

/// What the approaches need, for tests of the project file: the approaches stand in a room that this one cannot see. A test over
/// there holds that they need the same.
public final class StandInApproaches {
    private StandInApproaches() {}

    public static List<ApproachName> all() {
        return List.of(
                new Nearest(),
                new Linear(),
                new Encoder(),
                new Extractive(),
                new ZeroShot(),
                new FewShot(),
                new Retrieval(),
                new Tune(),
                new TuneRetrieval(),
                new LongContext());
    }

    public static final class Nearest implements ApproachName {
        @Override
        public String wireName() {
            return "nearest";
        }

        @Override
        public boolean usesModel() {
            return false;
        }

        @Override
        public boolean usesTraining() {
            return true;
        }

        @Override
        public boolean chooses(TaskSettings task) {
            return task.isClassification();
        }
    }

    public static final class Linear implements ApproachName {
        @Override
        public String wireName() {
            return "linear";
        }

        @Override
        public boolean suits(TaskSettings task) {
            return task.isClassification();
        }

        @Override
        public boolean usesModel() {
            return false;
        }

        @Override
        public boolean usesTraining() {
            return true;
        }

        @Override
        public boolean chooses(TaskSettings task) {
            return false;
        }
    }

    public static final class Encoder implements ApproachName {
        @Override
        public String wireName() {
            return "encoder";
        }

        @Override
        public boolean suits(TaskSettings task) {
            return task.isClassification();
        }

        @Override
        public boolean usesTraining() {
            return true;
        }

        @Override
        public boolean isTuned() {
            return true;
        }

        @Override
        public boolean tunesEmbedder() {
            return true;
        }

        @Override
        public boolean chooses(TaskSettings task) {
            return true;
        }
    }

    public static final class Extractive implements ApproachName {
        @Override
        public String wireName() {
            return "extractive";
        }

        @Override
        public boolean suits(TaskSettings task) {
            return !task.isClassification();
        }

        @Override
        public boolean usesModel() {
            return false;
        }

        @Override
        public boolean usesDocuments() {
            return true;
        }

        @Override
        public boolean chooses(TaskSettings task) {
            return task.retrieval().passages().size() > 1;
        }
    }

    public static final class ZeroShot implements ApproachName {
        @Override
        public String wireName() {
            return "zero-shot";
        }

        @Override
        public boolean chooses(TaskSettings task) {
            return false;
        }
    }

    public static final class FewShot implements ApproachName {
        @Override
        public String wireName() {
            return "few-shot";
        }

        @Override
        public boolean usesTraining() {
            return true;
        }

        @Override
        public boolean chooses(TaskSettings task) {
            return task.fewShot().counts().size() > 1;
        }
    }

    public static final class Retrieval implements ApproachName {
        @Override
        public String wireName() {
            return "retrieval";
        }

        @Override
        public boolean usesDocuments() {
            return true;
        }

        @Override
        public boolean chooses(TaskSettings task) {
            return task.retrieval().passages().size() > 1;
        }
    }

    public static final class Tune implements ApproachName {
        @Override
        public String wireName() {
            return "tune";
        }

        @Override
        public boolean usesTraining() {
            return true;
        }

        @Override
        public boolean isTuned() {
            return true;
        }

        @Override
        public boolean chooses(TaskSettings task) {
            return true;
        }
    }

    public static final class TuneRetrieval implements ApproachName {
        @Override
        public String wireName() {
            return "tune+retrieval";
        }

        @Override
        public boolean usesDocuments() {
            return true;
        }

        @Override
        public boolean usesTraining() {
            return true;
        }

        @Override
        public boolean isTuned() {
            return true;
        }

        @Override
        public boolean chooses(TaskSettings task) {
            return true;
        }
    }

    public static final class LongContext implements ApproachName {
        @Override
        public String wireName() {
            return "long-context";
        }

        @Override
        public boolean usesDocuments() {
            return true;
        }

        @Override
        public boolean readsDocumentsWhole() {
            return true;
        }

        @Override
        public boolean chooses(TaskSettings task) {
            return false;
        }
    }
}
