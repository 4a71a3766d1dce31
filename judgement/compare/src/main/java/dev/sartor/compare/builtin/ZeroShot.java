package dev.sartor.compare.builtin;

import dev.sartor.compare.approach.Approach;
import dev.sartor.compare.approach.Planned;
import dev.sartor.compare.approach.Workbench;
import dev.sartor.compare.run.Choice;
import dev.sartor.core.Responder;
import dev.sartor.prompt.ExampleSelection;

/// The task's instruction before the question, and nothing else.
public final class ZeroShot implements Approach {
    public static final String NAME = "zero-shot";

    @Override
    public String wireName() {
        return NAME;
    }

    @Override
    public Responder open(Planned planned, Responder model, Choice choice, Workbench workbench) {
        return Workbench.prompted(planned, ExampleSelection.none(), model);
    }
}
