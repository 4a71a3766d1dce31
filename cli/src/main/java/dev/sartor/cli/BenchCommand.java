package dev.sartor.cli;

import picocli.CommandLine.Command;

@Command(
        name = "bench",
        description = "Measure how fast this machine does the work.",
        footer = {
            "",
            "Example: sartor bench tune --model smollm2-135m-instruct --banking77 banking77 --json"
        })
final class BenchCommand {}
