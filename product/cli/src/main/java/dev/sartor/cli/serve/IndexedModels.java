package dev.sartor.cli.serve;

import dev.sartor.serve.AdapterStore;
import dev.sartor.serve.ModelSource;
import dev.sartor.serve.Scope;
import dev.sartor.serve.ServedModel;
import dev.sartor.serve.ServedModels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Models as they are and, under `MODEL/INDEX`, as they answer from each index.
record IndexedModels(Servable served, IndexedAnswers answers) implements Servable {
    @Override
    public ServedModels models() {
        var plain = served.models();
        var chats = new LinkedHashMap<String, ServedModel>();
        plain.chats()
                .forEach((name, model) -> {
                    chats.put(name, model);
                    answers.names()
                            .forEach(index -> chats.put(name + "/" + index, over(index, model)));
                });
        return new ServedModels(chats, plain.embedders(), new Both(plain.changing()));
    }

    private ServedModel over(String index, ServedModel model) {
        return model.through(answers.over(index, model.responder())).needing(Scope.SEARCH);
    }

    @Override
    public Optional<AdapterStore> adapters() {
        return served.adapters();
    }

    /// Those that come and go, without an index and with each.
    private final class Both implements ModelSource {
        private final ModelSource plain;

        Both(ModelSource plain) {
            this.plain = plain;
        }

        @Override
        public Optional<ServedModel> find(String name) {
            return plain.find(name).or(() -> fromIndex(name));
        }

        private Optional<ServedModel> fromIndex(String name) {
            int slash = name.lastIndexOf('/');
            var index = name.substring(slash + 1);
            return slash < 1 || !answers.names().contains(index)
                    ? Optional.empty()
                    : plain.find(name.substring(0, slash)).map(model -> over(index, model));
        }

        @Override
        public List<String> names() {
            var names = new ArrayList<String>();
            for (var name : plain.names()) {
                names.add(name);
                answers.names().forEach(index -> names.add(name + "/" + index));
            }
            return names;
        }
    }

    @Override
    public Optional<Function<Path, ServedModel>> adapted() {
        return served.adapted();
    }

    @Override
    public void close() {
        served.close();
        answers.close();
    }
}
