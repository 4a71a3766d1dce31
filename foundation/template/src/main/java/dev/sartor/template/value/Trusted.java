package dev.sartor.template.value;

/// A variable's text that counts as the template's own, such as a special token's name: control tokens in it are control
/// tokens. Plain strings among the variables are data.
public record Trusted(String text) {}
