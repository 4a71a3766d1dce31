package dev.sartor.data;

import dev.sartor.core.Origin;
import tools.jackson.databind.JsonNode;

/// A row as it stands in its file, for a room that knows what its fields mean.
///
/// @param fields a JSON object
public record ObjectRow(Origin origin, JsonNode fields) {}
