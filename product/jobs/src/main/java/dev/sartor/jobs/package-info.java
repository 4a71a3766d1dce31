/// The work that callers leave to a server: files in a folder, trainings, each a process of its own, and batches. What is asked and
/// how far it is stands in the server's state, so that work goes on after a restart.
@NullMarked
package dev.sartor.jobs;

import org.jspecify.annotations.NullMarked;
