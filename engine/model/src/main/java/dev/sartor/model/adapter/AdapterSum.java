package dev.sartor.model.adapter;

import dev.sartor.core.SartorException;
import dev.sartor.model.network.LoraLayout;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.Tensors;
import dev.sartor.weights.SafetensorsType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// PEFT adapters laid into a model's weights, each times a factor: W + Σ f·(adapted(W) − W), in float32, where adapted(W) is
/// W + scale·B·A (Hu et al. 2021), in DoRA every output's row of that brought to its magnitude (Liu et al. 2024), and for a
/// module that an adapter holds whole the adapter's own. One tensor is read at a time, so that no whole network need be in
/// memory. Methods that take tensors are for the engine's thread.
public final class AdapterSum implements AutoCloseable {
    private static final Pattern KEY =
            Pattern.compile(
                    Pattern.quote(LoraLayout.PREFIX)
                            + "(.+?)\\.(lora_A\\.weight|lora_B\\.weight|lora_embedding_A|lora_embedding_B|lora_magnitude_vector|(?:base_layer\\.)?(?:weight|bias))");

    /// @param factor what the adapter's change is multiplied by
    public record Term(PeftFolder adapter, double factor) {
        /// One of its tensors for a module, in F32.
        public Optional<Tensor> tensor(String module, String name) {
            var key = LoraLayout.PREFIX + module + "." + name;
            if (!adapter.tensors().names().contains(key)) {
                return Optional.empty();
            }
            var entry = adapter.tensors().tensor(key);
            var shape = entry.shape().stream().mapToLong(Long::longValue).toArray();
            return Optional.of(
                    Tensors.copyOf(entry.bytes(), type(key, entry.type()), shape).to(DType.F32));
        }

        /// A module held whole, or a bias in place of the model's.
        public Optional<Tensor> whole(String module, String kind) {
            return tensor(module, kind).or(() -> tensor(module, "base_layer." + kind));
        }

        private DType type(String key, SafetensorsType type) {
            return switch (type) {
                case F32 -> DType.F32;
                case F16 -> DType.F16;
                case BF16 -> DType.BF16;
                case F64, F8_E4M3, F8_E5M2, I64, I32, I16, I8, U64, U32, U16, U8, BOOL ->
                        throw SartorException.user(
                                "adapter "
                                        + adapter.folder()
                                        + ": "
                                        + key
                                        + " must be F32, F16 or BF16, got "
                                        + type
                                        + ": save it again with PEFT");
            };
        }

        public double scale(String module) {
            return adapter.settings().ranks().of(module).scale();
        }
    }

    private final List<Term> terms;
    private final boolean subtracts;

    private AdapterSum(List<Term> terms, boolean subtracts) {
        this.terms = List.copyOf(terms);
        this.subtracts = subtracts;
    }

    public static AdapterSum none() {
        return new AdapterSum(List.of(), false);
    }

    /// @param subtracts whether the adapters are taken out of a model that they were merged into
    /// @throws SartorException a user's error for files that cannot be read, and for changes that cannot be taken out again
    public static AdapterSum open(List<WeightedAdapter> adapters, boolean subtracts) {
        var terms = new ArrayList<Term>();
        try {
            for (var each : adapters) {
                terms.add(new Term(PeftFolder.open(each.folder()), each.factor()));
            }
            var sum = new AdapterSum(terms, subtracts);
            if (subtracts) {
                terms.forEach(AdapterSum::refuseUnlessReversible);
            }
            return sum;
        } catch (RuntimeException e) {
            terms.forEach(term -> term.adapter().close());
            throw e;
        }
    }

    /// A magnitude or a whole module does not say what it has replaced.
    private static void refuseUnlessReversible(Term term) {
        for (var key : term.adapter().tensors().names()) {
            if (!key.contains(".lora_A.")
                    && !key.contains(".lora_B.")
                    && !key.contains(".lora_embedding_")) {
                throw SartorException.user(
                        "adapter "
                                + term.adapter().folder()
                                + " cannot be taken out again: "
                                + key
                                + " replaced what the model had there. Keep the model that it was merged into.");
            }
        }
    }

    public List<Term> terms() {
        return terms;
    }

    /// The paths of all modules that any adapter changes, sorted.
    public Set<String> modules() {
        var modules = new TreeSet<String>();
        for (var term : terms) {
            term.adapter().tensors().names().forEach(key -> modules.add(module(term, key)));
        }
        return modules;
    }

    private static String module(Term term, String key) {
        var parts = KEY.matcher(key);
        if (!parts.matches()) {
            throw SartorException.user(
                    "adapter "
                            + term.adapter().folder()
                            + " holds "
                            + key
                            + ", which is no part of a LoRA adapter: save it again with PEFT");
        }
        return parts.group(1);
    }

    /// Whether any adapter changes the parameter, such as `model.layers.0.self_attn.q_proj.weight`.
    public boolean changes(String name) {
        int end = name.lastIndexOf('.');
        var module = LoraLayout.PREFIX + name.substring(0, Math.max(0, end));
        var kind = name.substring(end + 1);
        return terms.stream()
                .map(term -> term.adapter().tensors().names())
                .anyMatch(keys ->
                        keys.contains(module + "." + kind)
                                || keys.contains(module + ".base_layer." + kind)
                                || (kind.equals("weight")
                                        && (keys.contains(module + ".lora_A.weight")
                                                || keys.contains(module + ".lora_embedding_A"))));
    }

    /// @param shapes of the model's parameters, matrices as [out, in]
    /// @throws SartorException a user's error that names the first tensor that does not fit the model
    public void check(Map<String, List<Long>> shapes) {
        for (var term : terms) {
            for (var key : term.adapter().tensors().names()) {
                new AdapterFit(term, shapes).check(key, module(term, key));
            }
        }
    }

    /// What a parameter becomes.
    ///
    /// @param own the model's, F32, matrices as [out, in]; left as it is
    public Tensor apply(String name, Tensor own) {
        int end = name.lastIndexOf('.');
        var module = name.substring(0, end);
        var kind = name.substring(end + 1);
        if (terms.size() == 1 && terms.getFirst().factor() == 1 && !subtracts) {
            return adapted(terms.getFirst(), module, kind, own);
        }
        var sum = own.copy();
        for (var term : terms) {
            var change = adapted(term, module, kind, own).plus(own.negated());
            sum.add(change, subtracts ? -term.factor() : term.factor());
        }
        return sum;
    }

    private static Tensor adapted(Term term, String module, String kind, Tensor own) {
        var base = term.whole(module, kind).orElse(own);
        if (!kind.equals("weight")) {
            return base;
        }
        var magnitudes = term.tensor(module, "lora_magnitude_vector");
        var a = term.tensor(module, "lora_A.weight");
        if (a.isPresent()) {
            var b = term.tensor(module, "lora_B.weight").orElseThrow();
            var sum = Tensors.addMatmul(base, b, a.get(), term.scale(module));
            return magnitudes
                    .map(each -> sum.times(gain(each, sum, 1).withDimension(1)))
                    .orElse(sum);
        }
        var table = term.tensor(module, "lora_embedding_A");
        if (table.isEmpty()) {
            return base;
        }
        var b = term.tensor(module, "lora_embedding_B").orElseThrow();
        var across = table.get().transposed(0, 1);
        var sum = Tensors.addMatmul(base, across, b.transposed(0, 1), term.scale(module));
        return magnitudes.map(each -> sum.times(gain(each, sum, 0))).orElse(sum);
    }

    private static Tensor gain(Tensor magnitudes, Tensor matrix, int dimension) {
        return Tensors.quotient(magnitudes, matrix.times(matrix).sum(dimension).sqrt());
    }

    @Override
    public void close() {
        terms.forEach(term -> term.adapter().close());
    }

    /// What the adapters' folders are, for an error or a model card.
    public List<Path> folders() {
        return terms.stream().map(term -> term.adapter().folder()).toList();
    }
}
