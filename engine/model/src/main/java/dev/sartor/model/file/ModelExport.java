package dev.sartor.model.file;

import dev.sartor.core.Readers;
import dev.sartor.core.SartorException;
import dev.sartor.core.file.ReadersFile;
import dev.sartor.core.work.Progress;
import dev.sartor.model.adapter.AdapterSum;
import dev.sartor.model.adapter.WeightedAdapter;
import dev.sartor.weights.gguf.WeightType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Writes a model, with adapters laid into its weights or taken out of them, in the forms that other programs read.
public final class ModelExport {
    /// What transformers takes as the most of one file.
    static final long SHARD = 5_000_000_000L;

    private ModelExport() {}

    public enum Form {
        /// A directory that transformers loads.
        HF,
        /// A file that llama.cpp runs.
        GGUF,
        /// One adapter in place of several, as PEFT stores it.
        PEFT
    }

    /// @param model a GGUF file, or a folder with one or with config.json and safetensors
    /// @param name of the model, for the file's own notes
    /// @param unmerge whether the adapters are taken out of a model that they were merged into
    /// @param card README.md of a folder
    /// @param readers who may read all that the model and the adapters were made from, which stands beside the result
    /// @param type of matrices; empty for that of the model's files, F32 where those are quantised
    public record Request(
            Path model,
            String name,
            List<WeightedAdapter> adapters,
            boolean unmerge,
            Optional<WeightType> type,
            Optional<String> card,
            Readers readers) {
        public Request {
            adapters = List.copyOf(adapters);
            if (unmerge && adapters.isEmpty()) {
                throw SartorException.user(
                        "--unmerge needs the adapter that is to be taken out: name it with --adapter");
            }
        }
    }

    /// @param tensors that were written
    /// @param changed of them by the adapters
    /// @param bytes of the tensors
    /// @param type of matrices
    /// @param said what the user should know; one sentence each
    public record Outcome(int tensors, int changed, long bytes, String type, List<String> said) {
        public Outcome {
            said = List.copyOf(said);
        }
    }

    /// Writes aside and renames. Any thread.
    ///
    /// @param out a folder for HF and PEFT, a file for GGUF; refused where there is something already
    /// @throws SartorException a user's error for what cannot be read, does not fit or cannot be written in that form
    public static Outcome write(Request request, Form form, Path out, Progress progress) {
        if (Files.exists(out)) {
            throw SartorException.user(
                    "--out "
                            + out
                            + " exists already, and nothing is overwritten: name another place, or remove it first");
        }
        try (var sum = AdapterSum.open(request.adapters(), request.unmerge());
                var model = ExportedModel.open(request.model(), sum)) {
            return switch (form) {
                case HF -> new FolderExport(model, request, progress).write(out, SHARD);
                case GGUF -> gguf(new GgufExport(model, request, progress), request, out);
                case PEFT -> new AdapterExport(model, sum, request, progress).write(out);
            };
        }
    }

    /// The file never lies there without its readers.
    private static Outcome gguf(GgufExport export, Request request, Path out) {
        ReadersFile.writeBeside(out, request.readers());
        try {
            return export.write(out);
        } catch (RuntimeException e) {
            withdraw(ReadersFile.beside(out), e);
            throw e;
        }
    }

    private static void withdraw(Path file, RuntimeException cause) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }
}
