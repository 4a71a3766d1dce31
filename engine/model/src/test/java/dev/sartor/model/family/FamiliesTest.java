package dev.sartor.model.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.Json;
import dev.sartor.model.ModelConfig;
import dev.sartor.model.OwnTensors;
import dev.sartor.model.ReferenceModel;
import dev.sartor.model.family.kind.DecoderFamily;
import dev.sartor.model.family.kind.EncoderDecoderFamily;
import dev.sartor.model.family.kind.EncoderFamily;
import dev.sartor.model.family.kind.Family;
import dev.sartor.model.file.ModelShapes;
import dev.sartor.model.file.Networks;
import dev.sartor.model.gguf.GgufNames;
import dev.sartor.model.gguf.GgufShape;
import dev.sartor.model.memory.MemoryFormulas;
import dev.sartor.model.memory.WeightPrecision;
import dev.sartor.model.network.LoraLayout;
import dev.sartor.model.network.LoraRanks;
import dev.sartor.model.network.LoraSettings;
import dev.sartor.model.network.LoraTargets;
import dev.sartor.model.network.ModuleNames;
import dev.sartor.model.network.Network;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

/// What every architecture carries, whichever it is: a new one is held to this without a line here, but for a tiny model in
/// the test resources where that is not called as the architecture is.
class FamiliesTest {
    private static final Map<String, String> MODELS =
            Map.of(
                    "qwen3_moe", "qwen3-moe-raw",
                    "gemma3_text", "gemma3",
                    "gpt_neox", "gpt-neox",
                    "bert", "bert-masked-lm",
                    "distilbert", "distilbert-masked-lm",
                    "modernbert", "modernbert-masked-lm",
                    "mpnet", "mpnet-masked-lm",
                    "roberta", "roberta-masked-lm",
                    "xlm-roberta", "roberta-masked-lm",
                    "camembert", "roberta-masked-lm");

    /// Of a mixture the formula knows layers of one kind only; the tiny model's second one is dense.
    private static final Map<String, Integer> LAYERS = Map.of("qwen3_moe", 1);

    @TempDir Path folder;

    static Stream<String> names() {
        return Families.all().stream().map(Family::name);
    }

    @ParameterizedTest
    @MethodSource("names")
    void anArchitectureCarriesAllThatIsKnownOfIt(String name) throws IOException {
        var family = Families.named(name).orElseThrow();
        var config = model(name);
        try (var network = Networks.open(folder, DType.F32)) {
            assertSizes(family, network);
            assertTargets(family, network);
            assertNames(family, network);
        }
        assertGguf(family, config);
        assertMemory(family);
    }

    /// The model's files in {@link #folder}, said to be of that family.
    private ModelConfig model(String name) throws IOException {
        var model = ReferenceModel.of(MODELS.getOrDefault(name, name)).folder();
        var config = (ObjectNode) Json.read(model.resolve("config.json"));
        var family = Families.named(name).orElseThrow();
        if (config.path("model_type").asString().equals(name)) {
            var saved = config.path("architectures").get(0).asString();
            assertThat(saved)
                    .startsWith(
                            family instanceof EncoderFamily encoder
                                    ? encoder.classes() + "For"
                                    : family.transformersClass());
        }
        config.put("model_type", name);
        Optional.ofNullable(LAYERS.get(name))
                .ifPresent(layers -> config.put("num_hidden_layers", layers));
        Files.writeString(folder.resolve("config.json"), Json.pretty(config));
        Files.copy(model.resolve("model.safetensors"), folder.resolve("model.safetensors"));
        return ModelConfig.read(folder.resolve("config.json"));
    }

    /// An encoder's sizes are those of transformers' bare model, which may have a pooler that heads for words leave out.
    private void assertSizes(Family family, Network network) {
        var shape = ModelShapes.ofFiles(folder);
        assertThat(shape.family()).isEqualTo(family.name());
        assertThat(shape.context()).isPositive();
        switch (family) {
            case DecoderFamily _, EncoderDecoderFamily _ ->
                    assertThat(shape.parameters()).isEqualTo(network.parameters());
            case EncoderFamily encoder -> {
                long width = network.linears().getFirst().in();
                long body =
                        network.own().rows().entrySet().stream()
                                .filter(row -> !isOfHead(encoder, row.getKey()))
                                .mapToLong(row -> count(row.getValue()))
                                .sum();
                assertThat(shape.parameters()).isIn(body, body + (width + 1) * width);
            }
        }
    }

    private static long count(OwnTensors.Rows rows) {
        return rows.count() * Engine.call(() -> rows.leaf().count() / rows.leaf().size(0));
    }

    private static boolean isOfHead(EncoderFamily family, String parameter) {
        var head = family.classHead();
        return Stream.of(head.others(), head.inner().norms(), List.of(head.inner().module()))
                .flatMap(List::stream)
                .anyMatch(parameter::startsWith);
    }

    private static void assertTargets(Family family, Network network) {
        var usual =
                LoraSettings.plain(
                        new LoraTargets(
                                Optional.empty(),
                                ModuleNames.none(),
                                Optional.empty(),
                                List.of(),
                                List.of()),
                        LoraRanks.of(2, 4));
        var targets = family.names().targets();
        if (targets.isEmpty()) {
            assertThatThrownBy(() -> LoraLayout.of(network, usual))
                    .hasMessageContaining(
                            "target_modules must be named for the family '"
                                    + family.name()
                                    + "', which has no usual ones");
            return;
        }
        var modules = LoraLayout.of(network, usual).modules();
        assertThat(((ModuleNames.Listed) targets.get()).names())
                .allSatisfy(target -> assertThat(modules).anyMatch(m -> m.endsWith("." + target)));
    }

    private static void assertNames(Family family, Network network) {
        var parameters = network.own().rows().keySet();
        family.names().table().ifPresent(t -> assertThat(parameters).contains(t + ".weight"));
        if (family.ggufArchitecture().isPresent()) {
            var gguf = GgufNames.of(family.name());
            assertThat(
                            parameters.stream()
                                    .filter(name ->
                                            !(family instanceof EncoderFamily encoder)
                                                    || !isOfHead(encoder, name))
                                    .map(name -> bare(family, name)))
                    .allSatisfy(name -> assertThat(gguf.place(name).tensor()).isNotEqualTo(name));
        }
    }

    private static String bare(Family family, String parameter) {
        return family instanceof EncoderFamily encoder
                ? parameter.replaceFirst("^" + encoder.classHead().network(), "")
                : parameter;
    }

    private static void assertGguf(Family family, ModelConfig config) {
        if (family instanceof DecoderFamily decoder && decoder.gguf().isPresent()) {
            assertThat(GgufShape.architecture(config))
                    .isEqualTo(family.ggufArchitecture().orElseThrow());
        } else {
            assertThatThrownBy(() -> GgufShape.architecture(config))
                    .hasMessageContaining(
                            "a model of the family '"
                                    + family.name()
                                    + "' cannot be written as GGUF");
        }
    }

    private void assertMemory(Family family) {
        var shape = ModelShapes.ofFiles(folder);
        var formulas = new MemoryFormulas(shape, 1, 8);
        var answering = formulas.inference(WeightPrecision.BF16);
        assertThat(answering.weights()).isEqualTo(2 * shape.parameters());
        assertThat(answering.cache() > 0).isEqualTo(!(family instanceof EncoderFamily));
        assertThat(formulas.lora(2).activations()).isPositive();
        assertThat(formulas.lora(2).total()).isLessThan(formulas.full().total());
    }
}
