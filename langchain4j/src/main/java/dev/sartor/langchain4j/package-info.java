/// Standing indexes and embedders for applications that use LangChain4j, 1.19 or newer.
@NullMarked
package dev.sartor.langchain4j;

import org.jspecify.annotations.NullMarked;
