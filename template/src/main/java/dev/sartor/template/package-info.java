/// The template language: a sandboxed subset of Jinja that renders chat templates and prompt templates.
@NullMarked
package dev.sartor.template;

import org.jspecify.annotations.NullMarked;
