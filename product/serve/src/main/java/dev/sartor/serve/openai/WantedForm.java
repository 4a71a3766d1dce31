package dev.sartor.serve.openai;

import dev.sartor.core.AnswerForm;
import dev.sartor.core.SartorException;
import dev.sartor.serve.http.Failure;
import dev.sartor.serve.http.Refused;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/// The form of answer that a request asks for.
///
/// @param field the request's field that says it
/// @param of the form, for a limit of tokens
public record WantedForm(String field, IntFunction<AnswerForm> of) {
    /// Makes an answer; where no answer can be held to the form, the field is named.
    ///
    /// @param wanted empty where the form is the model's own
    /// @throws Refused with status 400
    static <T> T naming(Optional<WantedForm> wanted, Supplier<T> made) {
        try {
            return made.get();
        } catch (SartorException e) {
            if (wanted.isEmpty() || !e.isUnheldForm()) {
                throw e;
            }
            var field = wanted.get().field();
            throw new Refused(
                    Failure.client(
                            400,
                            field + ": " + e.getMessage(),
                            Optional.of(field),
                            "invalid_value"));
        }
    }
}
