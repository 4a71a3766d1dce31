package dev.sartor.serve.openai;

import dev.sartor.core.AnswerForm;
import dev.sartor.core.Penalties;
import dev.sartor.serve.http.Complaints;
import java.nio.charset.StandardCharsets;

/// The form of an answer: what the client asks for, or the model's own.
final class RequestedForm {
    private static final String WHY = "this answer is the likeliest of given labels";

    private RequestedForm() {}

    /// @param usual the model's own
    /// @throws Refused where the form leaves nothing for one of the request's parameters to do
    static AnswerForm of(AnswerForm usual, ChatRequest request) {
        var form = request.form().map(wanted -> wanted.of().apply(limit(usual, request)));
        if (form.isPresent() && usual instanceof AnswerForm.OneOf) {
            var complaints = new Complaints();
            complaints.unsupported(
                    request.form().orElseThrow().field(),
                    "this model answers with one of its labels; leave it out");
            complaints.throwIfAny();
        }
        var chosen = form.orElseGet(() -> withLimit(usual, limit(usual, request)));
        if (chosen instanceof AnswerForm.OneOf labels) {
            refuseWhatWouldBeIgnored(labels, request);
        }
        return chosen;
    }

    private static int limit(AnswerForm usual, ChatRequest request) {
        int own =
                switch (usual) {
                    case AnswerForm.FreeText text -> text.maxTokens();
                    case AnswerForm.Matching text -> text.maxTokens();
                    case AnswerForm.JsonText text -> text.maxTokens();
                    case AnswerForm.OneOf _ -> 1;
                };
        return request.maxTokens().orElse(own);
    }

    private static AnswerForm withLimit(AnswerForm usual, int limit) {
        return switch (usual) {
            case AnswerForm.FreeText _ -> new AnswerForm.FreeText(limit);
            case AnswerForm.Matching text -> new AnswerForm.Matching(text.regex(), limit);
            case AnswerForm.JsonText text -> new AnswerForm.JsonText(text.schema(), limit);
            case AnswerForm.OneOf labels -> labels;
        };
    }

    /// A label is chosen by likelihood and comes whole. No tokenizer here makes more tokens of a text than it has bytes.
    private static void refuseWhatWouldBeIgnored(AnswerForm.OneOf form, ChatRequest request) {
        var complaints = new Complaints();
        var sampling = request.sampling();
        refuse(complaints, "temperature", sampling.temperature() > 0, " or send 0");
        refuse(complaints, "stop", !sampling.stop().isEmpty(), "");
        refuse(complaints, "logprobs", sampling.topLogProbabilities().isPresent(), "");
        refuse(complaints, "logit_bias", !sampling.logitBias().isEmpty(), "");
        refuse(complaints, "n", request.answers() > 1, " or send 1");
        var penalties = sampling.penalties();
        var none = Penalties.none();
        refuse(complaints, "frequency_penalty", penalties.frequency() != none.frequency(), "");
        refuse(complaints, "presence_penalty", penalties.presence() != none.presence(), "");
        refuse(complaints, "repetition_penalty", penalties.repetition() != none.repetition(), "");
        refuse(complaints, "top_k", sampling.truncation().topK() > 0, " or send 0");
        refuse(complaints, "min_p", sampling.truncation().minP() > 0, " or send 0");
        var longest =
                form.labels().stream()
                        .mapToInt(label -> label.getBytes(StandardCharsets.UTF_8).length)
                        .max()
                        .orElse(0);
        if (request.maxTokens().orElse(longest) < longest) {
            complaints.unsupported(
                    request.names().limit(),
                    WHY + ", whole; leave it out or send " + longest + " or more");
        }
        complaints.throwIfAny();
    }

    private static void refuse(
            Complaints complaints, String name, boolean isAsked, String otherwise) {
        if (isAsked) {
            complaints.unsupported(name, WHY + "; leave it out" + otherwise);
        }
    }
}
