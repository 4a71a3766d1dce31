/// What each step of a cleaning can be set to. Other rooms see it through `CurateSettings` alone.
@NullMarked
package dev.sartor.project.step;

import org.jspecify.annotations.NullMarked;
