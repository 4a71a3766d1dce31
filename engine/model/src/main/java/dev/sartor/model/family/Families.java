package dev.sartor.model.family;

import dev.sartor.model.ModelConfig;
import dev.sartor.model.family.encoder.BertFamily;
import dev.sartor.model.family.encoder.DistilBertFamily;
import dev.sartor.model.family.encoder.ModernBertFamily;
import dev.sartor.model.family.encoder.MpnetFamily;
import dev.sartor.model.family.encoder.RobertaFamily;
import dev.sartor.model.family.encoder.T5Family;
import dev.sartor.model.family.kind.DecoderFamily;
import dev.sartor.model.family.kind.EncoderDecoderFamily;
import dev.sartor.model.family.kind.EncoderFamily;
import dev.sartor.model.family.kind.Family;
import dev.sartor.model.memory.ModelShape;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The architectures that can be loaded: a new one is one file and one line here.
public final class Families {
    private static final List<Family> OURS =
            List.of(
                    new LlamaFamily(),
                    new MistralFamily(),
                    new Qwen2Family(),
                    new Qwen3Family(),
                    new Qwen3MoeFamily(),
                    new Gemma2Family(),
                    new Gemma3Family(),
                    new Phi3Family(),
                    new Gpt2Family(),
                    new GptNeoxFamily(),
                    new SmolLm3Family(),
                    new BertFamily(),
                    new DistilBertFamily(),
                    new ModernBertFamily(),
                    new MpnetFamily(),
                    new RobertaFamily("roberta", "Roberta", "query", "value"),
                    new RobertaFamily("xlm-roberta", "XLMRoberta", "query", "value"),
                    new RobertaFamily("camembert", "Camembert"),
                    new T5Family());

    private static volatile List<Family> known = OURS;

    private Families() {}

    /// All of them.
    public static List<Family> all() {
        return known;
    }

    /// The architecture of that name in config.json; empty where it is not known here.
    public static Optional<Family> named(String name) {
        return known.stream().filter(family -> family.name().equals(name)).findFirst();
    }

    /// The same where it is of that kind.
    public static <F extends Family> Optional<F> named(String name, Class<F> kind) {
        return named(name).filter(kind::isInstance).map(kind::cast);
    }

    /// Architectures of one kind.
    public static <F extends Family> List<F> of(Class<F> kind) {
        return known.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /// @throws dev.sartor.core.SartorException a user's error that lists what can be loaded
    public static DecoderFamily decoder(ModelConfig config) {
        return loaded(config, DecoderFamily.class);
    }

    /// @throws dev.sartor.core.SartorException a user's error that lists what can be loaded
    public static EncoderFamily encoder(ModelConfig config) {
        return loaded(config, EncoderFamily.class);
    }

    /// @throws dev.sartor.core.SartorException a user's error that lists what can be loaded
    public static EncoderDecoderFamily encoderDecoder(ModelConfig config) {
        return loaded(config, EncoderDecoderFamily.class);
    }

    private static <F extends Family> F loaded(ModelConfig config, Class<F> kind) {
        return named(config.family(), kind)
                .orElseThrow(() ->
                        config.unknownFamily(
                                of(kind).stream()
                                        .map(Family::name)
                                        .sorted()
                                        .collect(Collectors.joining(", "))));
    }

    /// The sizes that a model's memory depends on.
    ///
    /// @throws dev.sartor.core.SartorException a user's error for a family whose sizes are not known or a damaged
    ///     configuration
    public static ModelShape shape(ModelConfig config) {
        return named(config.family())
                .orElseThrow(() ->
                        config.unsupported(
                                "the sizes of the family '"
                                        + config.family()
                                        + "' are not known, so that its memory cannot be told beforehand"))
                .shape(config);
    }

    /// Knows one more, for a test. To be closed by the one that opened it.
    static Added with(Family family) {
        known = Stream.concat(OURS.stream(), Stream.of(family)).toList();
        return () -> known = OURS;
    }

    /// A family that is known until this is closed.
    interface Added extends AutoCloseable {
        @Override
        void close();
    }
}
