package dev.sartor.serve;

import dev.sartor.core.Principal;
import java.util.List;
import java.util.Optional;

/// Chat models that come and go while the server runs. Asked at every request; safe for concurrent callers.
public interface ModelSource {
    /// The model of that name; empty where there is none now.
    Optional<ServedModel> find(String name);

    /// The model of that name, where the principal may call it.
    default Optional<ServedModel> find(String name, Principal principal) {
        return find(name).filter(model -> model.readers().admit(principal));
    }

    /// What there is now, in the order in which it is listed.
    List<String> names();

    /// The same as far as it may be the principal's: whoever has names that are not his is not waited for. Which of them he may
    /// call, {@link #find(String, Principal)} says.
    default List<String> names(Principal principal) {
        return names();
    }

    /// No models.
    static ModelSource none() {
        return new ModelSource() {
            @Override
            public Optional<ServedModel> find(String name) {
                return Optional.empty();
            }

            @Override
            public List<String> names() {
                return List.of();
            }
        };
    }
}
