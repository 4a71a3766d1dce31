package dev.sartor.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.compare.approach.Desk;
import dev.sartor.core.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WhatWentWrongTest {
    @TempDir Path folder;

    @Test
    void itIsToldOfCandidatesThatShowPassages() {
        var result =
                new Desk(folder).compare(Desk.PROJECT.replace("passages: [1, 2]", "passages: [1]"));
        var candidates = Json.mapper().readTree(result.json()).at("/tasks/1/candidates");
        var names = new ArrayList<String>();
        for (var each : candidates) {
            var failures = each.path("failure_points");
            if (failures.isObject()) {
                names.add(each.path("name").asString());
                int sum = 0;
                for (var point : failures.path("points")) {
                    sum += point.path("count").asInt();
                }
                assertThat(sum).isEqualTo(failures.path("wrong").asInt());
            }
        }
        assertThat(names).containsExactly("retrieval", "tuned+retrieval");
        assertThat(Json.mapper().readTree(result.json()).at("/tasks/0/candidates"))
                .as("labels have none")
                .allMatch(each -> !each.path("failure_points").isObject());
    }
}
