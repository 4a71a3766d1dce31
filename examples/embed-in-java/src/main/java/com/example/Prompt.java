package com.example;

import dev.sartor.core.AnswerForm;
import dev.sartor.core.Message;
import dev.sartor.core.Principal;
import dev.sartor.core.Question;
import dev.sartor.core.Sampling;
import dev.sartor.core.work.Progress;
import dev.sartor.hub.Hub;
import dev.sartor.hub.cache.Caches;
import dev.sartor.hub.catalogue.Gate;
import dev.sartor.hub.environment.Use;
import dev.sartor.model.Precision;
import dev.sartor.model.file.WeightCache;
import dev.sartor.training.LocalEngines;
import java.util.List;

/// Asks a model. Arguments: MODEL, QUESTION.
final class Prompt {
    public static void main(String[] arguments) {
        var hub = Hub.open(Caches.standard(), Use.COMMERCIAL, Gate.closed());
        try (var engines = new LocalEngines(hub, Progress.silent(), Precision.BF16, WeightCache.none());
                var model = engines.base(arguments[0])) {
            var messages = List.of(Message.user(arguments[1]));
            var form = new AnswerForm.FreeText(40);
            var question = new Question("1", messages, form, Sampling.greedy(), Principal.local());
            var answers = model.answer(List.of(question), Progress.silent());
            IO.println(answers.getFirst().text());
        }
    }
}
