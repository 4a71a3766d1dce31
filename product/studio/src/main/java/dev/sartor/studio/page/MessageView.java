package dev.sartor.studio.page;

import java.util.List;

/// A page that says one thing, such as that there is nothing at an address.
record MessageView(String heading, List<String> lines) {}
