package dev.sartor.serve.job;

import java.util.Optional;

/// Why a job failed.
///
/// @param param the parameter at fault; empty where there is none
public record JobError(String code, String message, Optional<String> param) {}
