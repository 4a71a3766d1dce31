package dev.sartor.telemetry;

import io.opentelemetry.api.common.AttributeKey;

/// Names of the conventions for generative AI that spans and metrics share (semantic conventions 1.41).
final class Names {
    /// What the conventions call a provider is whoever's API it is.
    static final String SARTOR = "sartor";

    static final AttributeKey<String> OPERATION = AttributeKey.stringKey("gen_ai.operation.name");
    static final AttributeKey<String> PROVIDER = AttributeKey.stringKey("gen_ai.provider.name");
    static final AttributeKey<String> REQUEST_MODEL =
            AttributeKey.stringKey("gen_ai.request.model");
    static final AttributeKey<String> RESPONSE_MODEL =
            AttributeKey.stringKey("gen_ai.response.model");
    static final AttributeKey<String> TOKEN_TYPE = AttributeKey.stringKey("gen_ai.token.type");
    static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");

    private Names() {}
}
