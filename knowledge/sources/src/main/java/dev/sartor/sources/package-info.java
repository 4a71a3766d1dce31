/// Sources of documents besides folders: Git, databases, S3-compatible stores, sitemaps, WebDAV and mailboxes. What has not
/// changed is not fetched again, and a listing that fails part-way removes nothing.
@NullMarked
package dev.sartor.sources;

import org.jspecify.annotations.NullMarked;
