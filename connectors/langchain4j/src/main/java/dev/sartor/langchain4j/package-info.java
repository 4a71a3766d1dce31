/// Sartor's index and embedders for LangChain4j.
@NullMarked
package dev.sartor.langchain4j;

import org.jspecify.annotations.NullMarked;
