/// Reads YAML within bounds, keeps the problems of a file with their lines, and holds what a setting says about itself.
/// Which settings there are is in `project.setting`.
@NullMarked
package dev.sartor.project.yaml;

import org.jspecify.annotations.NullMarked;
