package dev.sartor.prompt.version;

import dev.sartor.core.SartorException;

/// A version of a task's prompt that a comparison tries beside the task's own.
public sealed interface PromptVariant {
    /// As the project file names it: an id, or the beginning of one.
    String name();

    /// What is kept under that name.
    PromptVersion version();

    /// @param name as it stands in the file
    static PromptVariant named(String name) {
        return new Named(name);
    }

    default PromptVariant read(PromptVersion version) {
        return new Read(name(), version);
    }

    /// One whose file is not read yet.
    record Named(String name) implements PromptVariant {
        @Override
        public PromptVersion version() {
            throw SartorException.defect("the prompt's version '" + name + "' was not read");
        }
    }

    /// One whose file is read.
    record Read(String name, PromptVersion version) implements PromptVariant {}
}
