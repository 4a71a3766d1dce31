package dev.sartor.compare.builtin;

import dev.sartor.compare.approach.Planned;
import dev.sartor.compare.approach.Workbench;
import dev.sartor.compare.run.Choice;
import dev.sartor.core.Responder;

/// Passages from the documents before the question.
public final class Retrieval implements OnPassages {
    @Override
    public String wireName() {
        return "retrieval";
    }

    @Override
    public Responder open(Planned planned, Responder model, Choice choice, Workbench workbench) {
        return workbench.searching(planned, planned.settings().retrieval(), model, choice);
    }
}
