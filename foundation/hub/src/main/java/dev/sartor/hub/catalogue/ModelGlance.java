package dev.sartor.hub.catalogue;

import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/// What a repository tells of a model before its weights are fetched.
///
/// @param config its config.json
/// @param parameters counted in its safetensors' headers; empty where it has other weights
public record ModelGlance(Optional<JsonNode> config, OptionalLong parameters) {}
