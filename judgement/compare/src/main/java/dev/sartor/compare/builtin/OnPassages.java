package dev.sartor.compare.builtin;

import dev.sartor.compare.approach.Approach;
import dev.sartor.project.setting.PassageSettings;
import dev.sartor.project.setting.TaskSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// An approach that searches the documents for each question, as the section `retrieval` says.
interface OnPassages extends Approach {
    @Override
    default boolean usesDocuments() {
        return true;
    }

    @Override
    default List<Integer> choices(TaskSettings task) {
        return task.retrieval().passages();
    }

    @Override
    default Optional<PassageSettings> search(TaskSettings task) {
        return Optional.of(task.retrieval());
    }

    @Override
    default SequencedMap<String, Object> settings(TaskSettings task) {
        return new LinkedHashMap<>(Map.of("retrieval", task.retrieval()));
    }
}
