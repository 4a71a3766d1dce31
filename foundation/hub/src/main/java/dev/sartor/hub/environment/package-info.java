/// What the process's environment says about where models come from: variables, proxies, tokens, use; and how
/// patiently what fails is tried again. No file is read or fetched here.
@Door
@NullMarked
package dev.sartor.hub.environment;

import dev.sartor.core.Door;
import org.jspecify.annotations.NullMarked;
