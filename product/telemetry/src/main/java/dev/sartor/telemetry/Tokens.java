package dev.sartor.telemetry;

import dev.sartor.serve.TracedRequest;

/// What a request took, as its answer's usage has it: one prompt, and all answers together.
record Tokens(long input, long cached, long output) {
    static Tokens of(TracedRequest request) {
        if (request.answers().isEmpty()) {
            return new Tokens(request.entry().tokens().prompt(), 0, 0);
        }
        long input = 0;
        long cached = 0;
        long output = 0;
        for (var answer : request.answers()) {
            if (answer.made().isPresent()) {
                var usage = answer.made().get().usage();
                if (input == 0) {
                    input = usage.promptTokens();
                    cached = usage.cachedTokens();
                }
                output += usage.completionTokens();
            }
        }
        return new Tokens(input, cached, output);
    }
}
