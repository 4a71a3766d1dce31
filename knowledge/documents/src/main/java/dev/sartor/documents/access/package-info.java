/// Who may read which document: manifests, sidecar files, file systems. The search holds to it in the room `retrieve`.
@Door
@NullMarked
package dev.sartor.documents.access;

import dev.sartor.core.Door;
import org.jspecify.annotations.NullMarked;
