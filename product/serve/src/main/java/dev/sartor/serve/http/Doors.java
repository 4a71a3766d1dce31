package dev.sartor.serve.http;

/// What a request passes before it is worked on.
public record Doors(Admission admission, Metering metering) {}
