package dev.sartor.curate.step;

import dev.sartor.project.curation.StepName;
import java.util.SequencedMap;

/// One step of cleaning. The same rows and settings give the same decisions, on any number of threads.
public interface Step {
    StepName name();

    /// What changes its decisions, by the names of the project file; written into the recipe.
    SequencedMap<String, Object> settings();

    /// Says of every row that does not stay as it is what becomes of it, in the order of the rows.
    void run(StepRows rows, Decisions decisions, StepWork work);
}
